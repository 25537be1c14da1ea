namespace Vpio.Analyzers.SharedMemory;

/// <summary>Is what the attributes of shared memory say.</summary>
[Flags]
internal enum Mark
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Several threads or programs read and write it at once.</summary>
    SharedWord = 1 << 0,

    /// <summary>It gives a shared word its meaning.</summary>
    WordFormat = 1 << 1,

    /// <summary>A guest can write it at any time.</summary>
    GuestWritable = 1 << 2,

    /// <summary>It is a register of a device.</summary>
    DeviceRegister = 1 << 3,
}

/// <summary>Names the attributes.</summary>
internal static class MarkNames
{
    /// <summary>Gets each mark with the name of its attribute, without the ending.</summary>
    public static readonly (Mark Mark, string Name)[] All =
        [(Mark.SharedWord, "SharedWord"), (Mark.WordFormat, "WordFormat"), (Mark.GuestWritable, "GuestWritable"), (Mark.DeviceRegister, "DeviceRegister")];
}
