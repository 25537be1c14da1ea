namespace Vpio.Abi.Tests.Views;

/// <summary>Holds what an access to a register window touches: its own bytes, whole, and nothing else (docs/nic.md, "Registers").</summary>
[TestFixture]
internal sealed class RegisterWindowTests
{
    private const int WindowBytes = 64;
    private const byte Untouched = 0xA5;

    private PageMemory _memory = null!;
    private RegisterWindow _window;

    [SetUp]
    public void MapWindow()
    {
        _memory = new PageMemory();
        _memory.Bytes.Fill(Untouched);
        _window = new RegisterWindow(_memory.Start, WindowBytes);
    }

    [TearDown]
    public void UnmapWindow() => _memory.Dispose();

    [Test]
    public void AWriteOf32BitsTouchesFourBytesLowestFirst([Values(0u, 4u, 60u)] uint offset)
    {
        _window.Write32(offset, 0x4433_2211);
        Assert.That(_memory.Bytes.Slice((int)offset, 4).ToArray(), Is.EqualTo(new byte[] { 0x11, 0x22, 0x33, 0x44 }));
        AssertUntouchedBesides(offset, 4);
        Assert.That(_window.Read32(offset), Is.EqualTo(0x4433_2211));
    }

    [Test]
    public void AWriteOf64BitsTouchesEightBytesLowestFirst([Values(0u, 8u, 56u)] uint offset)
    {
        _window.Write64(offset, 0x8877_6655_4433_2211);
        Assert.That(_memory.Bytes.Slice((int)offset, 8).ToArray(), Is.EqualTo(new byte[] { 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88 }));
        AssertUntouchedBesides(offset, 8);
        Assert.That(_window.Read64(offset), Is.EqualTo(0x8877_6655_4433_2211));
    }

    [Test]
    public void AnAccessOutsideTheWindowIsRefused()
    {
        foreach (uint offset in new uint[] { 64, 68, 4092, 0x7FFF_FFFC, 0xFFFF_FFFC })
            AssertRefused32(offset);
        foreach (uint offset in new uint[] { 64, 72, 4088, 0x7FFF_FFF8, 0xFFFF_FFF8 })
            AssertRefused64(offset);
        AssertUntouchedBesides(0, 0);
    }

    [Test]
    public void AnAccessAcrossTheEndOfTheWindowIsRefused()
    {
        _window = new RegisterWindow(_memory.Start, 62);
        AssertRefused32(60);
        AssertRefused64(56);
        Assert.That(_window.Read32(56), Is.EqualTo(0xA5A5_A5A5));
    }

    [Test]
    public void AnUnalignedAccessIsRefused()
    {
        for (uint offset = 0; offset < WindowBytes; offset++)
        {
            if (offset % 4 != 0)
                AssertRefused32(offset);
            if (offset % 8 != 0)
                AssertRefused64(offset);
        }

        AssertUntouchedBesides(0, 0);
    }

    [Test]
    public void AWindowOfADeviceThatIsNotAssignedHasNoRegisters()
    {
        _window = default;
        Assert.That(_window.LengthBytes, Is.Zero);
        AssertRefused32(0);
        AssertRefused64(0);
    }

    [Test]
    public void ARefusalNamesWindowOffsetAndWidth() => Assert.That(
        () => _window.Read64(0x3c), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("window of 64 bytes has no register of 8 bytes at 0x3c"));

    private void AssertRefused32(uint offset)
    {
        Assert.That(() => _window.Read32(offset), Throws.TypeOf<ArgumentOutOfRangeException>(), $"read at 0x{offset:x}");
        Assert.That(() => _window.Write32(offset, 0), Throws.TypeOf<ArgumentOutOfRangeException>(), $"write at 0x{offset:x}");
    }

    private void AssertRefused64(uint offset)
    {
        Assert.That(() => _window.Read64(offset), Throws.TypeOf<ArgumentOutOfRangeException>(), $"read at 0x{offset:x}");
        Assert.That(() => _window.Write64(offset, 0), Throws.TypeOf<ArgumentOutOfRangeException>(), $"write at 0x{offset:x}");
    }

    private void AssertUntouchedBesides(uint offset, int bytes)
    {
        byte[] others = _memory.Bytes.ToArray();
        others.AsSpan((int)offset, bytes).Fill(Untouched);
        Assert.That(others, Is.All.EqualTo(Untouched));
    }
}
