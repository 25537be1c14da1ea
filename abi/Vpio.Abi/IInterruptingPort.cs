namespace Vpio.Abi;

/// <summary>Is a port that can interrupt its guest: upcalls are taken on a thread of the pool, and no thread of the guest need sleep for them.</summary>
/// <remarks>
/// For guests in the hypervisor's process. What an event-channel interrupt is to a vCPU that runs: in place of the sleep that
/// <see cref="DeviceOp.Wait"/> is. Source: <c>docs/abi.md</c>, "Upcall order".
/// </remarks>
public interface IInterruptingPort : IHypercallPort
{
    /// <summary>Sets what is run when the guest is notified, or is stopped or resumed, and none of its threads sleeps in <see cref="DeviceOp.Wait"/>.</summary>
    /// <param name="handler">What is run: soon, by a thread of the pool and never by the one that notifies; once for any number of notifications before it begins; also for no reason, and beside a run that has not ended.</param>
    /// <remarks>Ordering: a full fence; what was raised before this runs nothing, so look at <c>UpcallPending</c> after it.</remarks>
    void SetUpcallHandler(Action handler);
}
