using Vpio.Abi;

namespace Vpio.Hostile.Attacks;

/// <summary>Is a register window that is mapped in the attacking thread's own process.</summary>
/// <param name="window">The window.</param>
internal sealed class MappedWindow(RegisterWindow window) : IHostileWindow
{
    /// <inheritdoc/>
    public uint LengthBytes => window.LengthBytes;

    /// <inheritdoc/>
    public uint Read32(uint offset) => window.Read32(offset);

    /// <inheritdoc/>
    public ulong Read64(uint offset) => window.Read64(offset);

    /// <inheritdoc/>
    public void Write32(uint offset, uint value) => window.Write32(offset, value);

    /// <inheritdoc/>
    public void Write64(uint offset, ulong value) => window.Write64(offset, value);
}
