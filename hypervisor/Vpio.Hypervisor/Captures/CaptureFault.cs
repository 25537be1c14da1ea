namespace Vpio.Hypervisor.Captures;

/// <summary>Names what is wrong with a capture file, for a caller who treats a cut-off file more kindly than a damaged one.</summary>
public enum CaptureFault
{
    /// <summary>The file has no bytes.</summary>
    Empty,

    /// <summary>The file does not begin as a capture does.</summary>
    UnknownFormat,

    /// <summary>The file is a capture of a kind or version that is not read here.</summary>
    Unsupported,

    /// <summary>The file ends inside its header, a record or a block. Every frame returned before is whole.</summary>
    Truncated,

    /// <summary>A record or a block claims a length beyond the limit.</summary>
    TooLarge,

    /// <summary>A record or a block contradicts the format or the rest of the file.</summary>
    Malformed,
}
