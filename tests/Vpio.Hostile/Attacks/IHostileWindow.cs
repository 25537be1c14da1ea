namespace Vpio.Hostile.Attacks;

/// <summary>Is the register window of a device as a hostile guest touches it: by loads and stores of its own, wherever it lives.</summary>
public interface IHostileWindow
{
    /// <summary>Gets how many bytes of it the guest can try; 0 where it has no address for them.</summary>
    uint LengthBytes { get; }

    /// <summary>Reads a register of 32 bits.</summary>
    /// <param name="offset">Where it is, bytes, a multiple of 4.</param>
    /// <returns>Its value, or whatever shows in its place.</returns>
    uint Read32(uint offset);

    /// <summary>Reads a register of 64 bits.</summary>
    /// <param name="offset">Where it is, bytes, a multiple of 8.</param>
    /// <returns>Its value, or whatever shows in its place.</returns>
    ulong Read64(uint offset);

    /// <summary>Writes a register of 32 bits.</summary>
    /// <param name="offset">Where it is, bytes, a multiple of 4.</param>
    /// <param name="value">Its new value.</param>
    void Write32(uint offset, uint value);

    /// <summary>Writes a register of 64 bits.</summary>
    /// <param name="offset">Where it is, bytes, a multiple of 8.</param>
    /// <param name="value">Its new value.</param>
    void Write64(uint offset, ulong value);
}
