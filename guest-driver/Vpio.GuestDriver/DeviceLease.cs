using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Abi.Ownership;

namespace Vpio.GuestDriver;

/// <summary>Is the right to drive a device, while it lasts: the hypervisor can take it away at any time.</summary>
/// <remarks>
/// Each access loads the state word once and compares it whole, so a stale lease never passes for the present one. What is written
/// between that look and a forced stop reaches a dead window and no device.
/// Threads: a lease stays on its stack; another thread makes its own of the grant. Source: <c>docs/abi.md</c>, "The state word".
/// </remarks>
[ScopedOwnership]
public readonly ref partial struct DeviceLease
{
    private readonly GuestDevice? _device;
    private readonly ref readonly DeviceSlot _slot;
    private readonly StateWord _owned;

    internal DeviceLease(GuestDevice device, Generation generation)
    {
        _device = device;
        _slot = ref device.Slot;
        _owned = new StateWord(DeviceState.Owned, device.Guest, generation);
        Window = device.Port.GetWindow(device.Index);
    }

    /// <summary>Gets the number of the ownership that the lease stands for.</summary>
    public Generation Generation => _owned.Generation;

    /// <summary>Gets whether the guest still holds the device. It may be over right after: the accesses look themselves.</summary>
    [HeldWhen(true)]
    public bool IsHeld
    {
        [NoThrow]
        get => _device is not null && IsHeldIn(DeviceSlot.ReadState(in _slot));
    }

    /// <summary>Gets whether to stop and release: the slice is used up, or the ownership is over already. One load; cheap enough for every frame.</summary>
    [Polls]
    [RevokedWhen(true)]
    public bool StopRequested
    {
        [NoThrow]
        get => _device is null || DeviceSlot.ReadState(in _slot) != _owned;
    }

    /// <summary>Gets the registers without a look at the state word: for accesses that follow one <see cref="EnsureHeld"/> closely.</summary>
    [RequiresHeld]
    internal RegisterWindow Window { get; }

    /// <summary>Reads a register of 32 bits.</summary>
    /// <param name="offset">Where it is, bytes from the start of the window, a multiple of 4.</param>
    /// <returns>Its value.</returns>
    /// <exception cref="LeaseLostException">The ownership is over.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The window has no such register.</exception>
    [RequiresHeld]
    public uint Read32(uint offset)
    {
        Check(offset);
        return Window.Read32(offset);
    }

    /// <summary>Reads a register of 64 bits.</summary>
    /// <param name="offset">Where it is, bytes from the start of the window, a multiple of 8.</param>
    /// <returns>Its value.</returns>
    /// <exception cref="LeaseLostException">The ownership is over.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The window has no such register.</exception>
    [RequiresHeld]
    public ulong Read64(uint offset)
    {
        Check(offset);
        return Window.Read64(offset);
    }

    /// <summary>Writes a register of 32 bits.</summary>
    /// <param name="offset">Where it is, bytes from the start of the window, a multiple of 4.</param>
    /// <param name="value">Its new value.</param>
    /// <exception cref="LeaseLostException">The ownership is over.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The window has no such register.</exception>
    [RequiresHeld]
    public void Write32(uint offset, uint value)
    {
        Check(offset);
        Window.Write32(offset, value);
    }

    /// <summary>Writes a register of 64 bits.</summary>
    /// <param name="offset">Where it is, bytes from the start of the window, a multiple of 8.</param>
    /// <param name="value">Its new value.</param>
    /// <exception cref="LeaseLostException">The ownership is over.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The window has no such register.</exception>
    [RequiresHeld]
    public void Write64(uint offset, ulong value)
    {
        Check(offset);
        Window.Write64(offset, value);
    }

    /// <summary>Wakes the device, if it sleeps: after a doorbell, when its register says so.</summary>
    /// <exception cref="LeaseLostException">The ownership is over.</exception>
    [RequiresHeld]
    public void Kick()
    {
        Check();
        _device!.Port.Kick(_device.Index);
    }

    /// <summary>Gives the device back.</summary>
    /// <returns>Released; or AlreadyTaken, when this lease was released before or the hypervisor took the device.</returns>
    /// <remarks>Allocates nothing. Ordering: what the guest wrote to the device before this is over before the next owner's grab returns.</remarks>
    [Releases, NoThrow] // It throws only when a hypervisor answers what the ABI does not know, and then nothing is left to give back.
    [NoOwnershipCheck("The hypercall gives the device back, and the generation tells which ownership.")]
    public ReleaseResult Release() => _device?.Release(Generation) ?? ReleaseResult.AlreadyTaken;

    /// <summary>Gives the device back, unless it is given back or taken already.</summary>
    [Releases, NoThrow]
    public void Dispose() => Release();

    /// <summary>Looks once that the guest holds the device, for a batch of accesses to <see cref="Window"/>.</summary>
    /// <exception cref="LeaseLostException">The ownership is over.</exception>
    [AssertsHeld]
    [NoOwnershipCheck("It is the look at the state word that the assertion stands for.")]
    internal void EnsureHeld([CallerMemberName] string operation = "") => Check(0, operation);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Check(uint offset = 0, [CallerMemberName] string operation = "")
    {
        if (_device is null)
            ThrowEmpty(operation, offset);

        StateWord seen = DeviceSlot.ReadState(in _slot);
        if (!IsHeldIn(seen))
            ThrowLost(operation, offset, seen);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsHeldIn(StateWord seen) => seen == _owned || seen == _owned.With(DeviceState.Revoking);

    // The messages are made out of line: the room for making them would be cleared with each access.
    [DoesNotReturn]
    private static void ThrowEmpty(string operation, uint offset) =>
        throw new InvalidOperationException($"{operation} at 0x{offset:x3}: the lease is empty, nothing was granted.");

    [DoesNotReturn]
    private void ThrowLost(string operation, uint offset, StateWord seen) =>
        throw new LeaseLostException($"{operation} at 0x{offset:x3}", _device!.Index, Generation, seen);
}
