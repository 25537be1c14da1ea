using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Abi.Ownership;

namespace Vpio.GuestDriver;

/// <summary>Is a shared device as its guest sees it: grab it, use it through a lease, give it back.</summary>
/// <remarks>
/// One lease and one queued grab at a time for each device, whatever the number of threads.
/// Threads: all members may be used from any thread. Source: <c>docs/abi.md</c>, "The hypercall", "Device page".
/// </remarks>
public sealed partial class GuestDevice
{
    private readonly GuestDomain _domain;
    private readonly DeviceCalls _calls;
    private readonly DeviceHolding _holding;

    internal GuestDevice(GuestDomain domain, IHypercallPort port, DeviceIndex index)
    {
        _domain = domain;
        Port = port;
        Index = index;
        _calls = new DeviceCalls(port, domain.Agreed, index);
        _holding = new DeviceHolding(_calls, domain.Upcalls, Signal);
    }

    /// <summary>Gets which device it is.</summary>
    public DeviceIndex Index { get; }

    /// <summary>Gets the state word as it stands. A hint and no permission: only a grab that succeeds is one.</summary>
    [Hint]
    public StateWord Hint => _calls.ReadState();

    /// <summary>Gets the way to the hypervisor.</summary>
    internal IHypercallPort Port { get; }

    /// <summary>Gets the guest.</summary>
    internal DomainId Guest => _domain.Id;

    /// <summary>Gets the hypervisor's clock, nanoseconds, without a call; <see langword="null"/> when it gives none.</summary>
    internal ulong? HypervisorNs => _domain.HypervisorNs;

    /// <summary>Gets the device's slot in the device page.</summary>
    internal ref readonly DeviceSlot Slot => ref _calls.Slot;

    /// <summary>Gets what the driver believes.</summary>
    internal HoldingState Holding => _holding.State;

    /// <summary>Gets the signal that every upcall for the device raises.</summary>
    internal DeviceSignal Signal { get; } = new();

    /// <summary>Gets the lock under which the registers are changed that two drivers of the device share.</summary>
    internal Lock SharedRegisters { get; } = new();

    /// <summary>Asks what the device is, and how the guest used it so far.</summary>
    /// <returns>The answer.</returns>
    /// <exception cref="DeviceRemovedException">There is no such device, or it is not assigned to the guest.</exception>
    /// <exception cref="GuestStoppedException">The guest is stopped.</exception>
    public DeviceDescription Query()
    {
        DeviceStatus status = _calls.Query(out QueryArgs answer);
        return status == DeviceStatus.Ok ? new DeviceDescription(in answer) : throw _calls.Failure(DeviceOp.Query, status);
    }

    /// <summary>Grabs the device if it is to be had now.</summary>
    /// <param name="lease">The lease when granted; else an empty one, whose disposal does nothing.</param>
    /// <returns>Granted, or why not.</returns>
    /// <exception cref="HypervisorRestartedException">The hypervisor was started anew since the guest attached.</exception>
    /// <remarks>Blocks: never waits for another guest. Allocates nothing. Ordering: what the previous owner did to the device is over.</remarks>
    [TryAcquires(GrabResult.Granted)]
    [NoOwnershipCheck("The hypercall grabs the device, and tells whether it did.")]
    public GrabResult TryGrab([Owns] out DeviceLease lease)
    {
        GrabResult result = _holding.TryTake(out Generation generation);
        lease = result == GrabResult.Granted ? new DeviceLease(this, generation) : default;
        return result;
    }

    /// <summary>Grabs the device, in turn if others use it or wait.</summary>
    /// <param name="cancellationToken">Ends the wait. A grant that came first is given back before the task ends.</param>
    /// <returns>The grant, for <see cref="Hold"/>. Await the task once, and await it: a grant that nobody takes up runs into a forced stop.</returns>
    /// <exception cref="InvalidOperationException">The guest holds the device, or waits for it already.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> ended the wait.</exception>
    /// <exception cref="DeviceRemovedException">The device is gone, or went while the grab was queued.</exception>
    /// <exception cref="GuestStoppedException">The guest is stopped, or was while the grab was queued.</exception>
    /// <exception cref="HypervisorRestartedException">The hypervisor was started anew since the guest attached.</exception>
    /// <remarks>Allocates nothing when granted at once.</remarks>
    public ValueTask<Grant> GrabAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<Grant>(cancellationToken);
        PendingGrab? pending = _holding.TakeOrQueue(isBlocking: false, cancellationToken, out Generation generation);
        if (pending is null)
            return new ValueTask<Grant>(new Grant(Index, generation));

        ValueTask<Grant> task = pending.Task;
        pending.ObserveToken();
        _domain.Upcalls.Attend();
        return task;
    }

    /// <summary>Makes a lease of a grant.</summary>
    /// <param name="grant">The grant.</param>
    /// <returns>The lease. If the ownership is over meanwhile, its first use says so.</returns>
    /// <exception cref="ArgumentException">The grant is of another device.</exception>
    [Acquires]
    [NoOwnershipCheck("The grant is the hold: the lease only carries it.")]
    public DeviceLease Hold(Grant grant)
    {
        if (grant.Device != Index)
            throw new ArgumentException($"The grant is of {grant.Device}; it makes no lease of {Index}.", nameof(grant));
        return new DeviceLease(this, grant.Generation);
    }

    /// <summary>Grabs the device, in turn if others use it or wait.</summary>
    /// <param name="cancellationToken">Ends the wait. A grant that came first is given back before this returns.</param>
    /// <returns>The lease.</returns>
    /// <exception cref="InvalidOperationException">The guest holds the device, or waits for it already.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> ended the wait.</exception>
    /// <exception cref="DeviceRemovedException">The device is gone, or went while the grab was queued.</exception>
    /// <exception cref="GuestStoppedException">The guest is stopped, or was while the grab was queued.</exception>
    /// <exception cref="HypervisorRestartedException">The hypervisor was started anew since the guest attached.</exception>
    /// <remarks>Blocks the calling thread until the grant. Allocates nothing in the steady state.</remarks>
    [Acquires]
    [NoOwnershipCheck("The hypercall grabs the device.")]
    public DeviceLease Grab(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PendingGrab? pending = _holding.TakeOrQueue(isBlocking: true, cancellationToken, out Generation generation);
        if (pending is null)
            return new DeviceLease(this, generation);

        pending.ObserveToken();
        return new DeviceLease(this, _holding.Await(pending).Generation);
    }

    /// <summary>Gives an ownership back.</summary>
    /// <param name="generation">The ownership.</param>
    /// <returns>How it ended.</returns>
    internal ReleaseResult Release(Generation generation) => _holding.Release(generation);

    /// <summary>Ends what the domain's disposal ends.</summary>
    internal void Close()
    {
        _holding.Close();
        Signal.Close();
    }
}
