using Vpio.Abi;
using Vpio.Abi.Network;

namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Is the device's own, private state of one ring: latched when it is enabled, and never read again from where a guest can write.</summary>
internal sealed class NicRing
{
    private Iova _base;
    private uint _entries;

    /// <summary>Gets how many descriptors were consumed, counted on past the ring's end.</summary>
    public uint Head { get; private set; }

    /// <summary>Gets whether the ring is enabled and good.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Gets whether the ring was stopped by a fault and waits to be disabled.</summary>
    public bool IsFaulted { get; private set; }

    /// <summary>Gets where the next descriptor is.</summary>
    public Iova NextDescriptor => DescriptorAfter(0);

    /// <summary>Tells where a later descriptor is.</summary>
    /// <param name="count">How many come before it that are not consumed.</param>
    /// <returns>Its address.</returns>
    public Iova DescriptorAfter(uint count) => _base + ((ulong)(unchecked(Head + count) & (_entries - 1)) * NicDescriptor.Size);

    /// <summary>Tells whether the ring has yet to follow the guest's control register.</summary>
    /// <param name="enabled">Whether the guest wants the ring on.</param>
    /// <returns>Whether it is the other way round.</returns>
    public bool IsBehind(bool enabled) => enabled != (IsRunning || IsFaulted);

    /// <summary>Follows the guest's control register.</summary>
    /// <param name="enabled">Whether the guest wants the ring on.</param>
    /// <param name="window">The registers, read only on the change from off to on.</param>
    /// <param name="iovaRegister">Where the ring's address is.</param>
    /// <param name="entriesRegister">Where its size is.</param>
    public void Follow(bool enabled, RegisterWindow window, uint iovaRegister, uint entriesRegister)
    {
        if (!enabled)
            Disable();
        else if (!IsRunning && !IsFaulted)
            Latch(window.Read64(iovaRegister), window.Read32(entriesRegister));
    }

    /// <summary>Counts the descriptors that the guest has posted and the device not consumed; a tail that cannot be is a fault.</summary>
    /// <param name="tail">The guest's doorbell.</param>
    /// <returns>How many, at most the ring's size.</returns>
    public uint CountPosted(uint tail)
    {
        uint posted = unchecked(tail - Head);
        if (posted <= _entries)
            return posted;
        Fault();
        return 0;
    }

    /// <summary>Goes past the next descriptor.</summary>
    public void Consume() => Head = unchecked(Head + 1);

    /// <summary>Stops the ring until the guest disables it.</summary>
    public void Fault()
    {
        IsRunning = false;
        IsFaulted = true;
    }

    /// <summary>Turns the ring off, as at reset.</summary>
    public void Disable()
    {
        IsRunning = false;
        IsFaulted = false;
        Head = 0;
    }

    private void Latch(ulong iova, uint entries)
    {
        _base = new Iova(iova);
        _entries = entries;
        bool good = entries is >= 2 and <= NicRegister.MaxRingEntriesValue
            && (entries & (entries - 1)) == 0
            && iova % NicDescriptor.Size == 0
            && iova <= ulong.MaxValue - (entries * NicDescriptor.Size);
        if (good)
            IsRunning = true;
        else
            Fault();
    }
}
