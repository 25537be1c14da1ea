using Vpio.AssembledGuests;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;
using Vpio.Programs;

namespace Vpio.Machines.Tests;

/// <summary>Shows that an access that is made for a machine is made before the ownership ends, or not at all: its guest is looked at, and then the ownership is ended before the access.</summary>
[TestFixture]
internal sealed class LateAccessTests
{
    private const uint Register = 64;
    private const uint Written = 0x2222;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static IEnumerable<TestCaseData> Ends =>
    [
        new TestCaseData((ReferenceHypervisor _, Guest guest, SharedDevice _) => guest.Stop()).SetArgDisplayNames("stopped"),
        new TestCaseData((ReferenceHypervisor hypervisor, Guest guest, SharedDevice _) => hypervisor.RemoveGuest(guest)).SetArgDisplayNames("removed"),
        new TestCaseData((ReferenceHypervisor hypervisor, Guest _, SharedDevice device) => hypervisor.RemoveDevice(device)).SetArgDisplayNames("unplugged"),
    ];

    [TestCaseSource(nameof(Ends))]
    public void AnEmulatedAccessIsMadeBeforeItsOwnershipHasEnded(Action<ReferenceHypervisor, Guest, SharedDevice> end) =>
        Assert.That(AccessAndEnd(end, plant: _ => { }), Is.EqualTo((Written, Written)));

    [TestCaseSource(nameof(Ends))]
    public void AnEndThatDoesNotWaitForTheAccessIsFound(Action<ReferenceHypervisor, Guest, SharedDevice> end) =>
        Assert.That(AccessAndEnd(end, ForgetfulBody.PlantInto), Is.EqualTo((0, Written)));

    /// <summary>Has a guest write a register, and ends its ownership at the moment between the look whether it has one and the write.</summary>
    /// <returns>What the register held when the ownership had ended, and what in the end.</returns>
    private static (uint AtTheEnd, uint Afterwards) AccessAndEnd(Action<ReferenceHypervisor, Guest, SharedDevice> end, Action<Guest> plant)
    {
        UsableKvm.Demand();
        using ReferenceHypervisor hypervisor = new();
        WatchedDevice watched = new();
        SharedDevice device = hypervisor.AddDevice(watched);
        Guest guest = hypervisor.AddGuest(new GuestImage(OneWrite()) { Registers = RegisterAccess.Emulated });
        hypervisor.Assign(guest, device);
        plant(guest);

        uint? atTheEnd = null;
        using ManualResetEventSlim ended = new();
        watched.Ended = () =>
        {
            atTheEnd = watched.Read(Register);
            ended.Set();
        };
        Thread ending = new(() => end(hypervisor, guest, device)) { IsBackground = true };
        watched.Accessing = () =>
        {
            ending.Start();

            // Until the ownership has ended; or waits for this access, having got as far as the word.
            Assert.That(SpinWait.SpinUntil(() => ended.IsSet || (!device.State.IsHeld && Waits(ending)), Limit), Is.True);
        };
        guest.Machine!.Start();
        MachineWorld.AwaitEnd(guest);
        Assert.That(ending.Join(Limit), Is.True);
        return (atTheEnd!.Value, watched.Read(Register));
    }

    private static bool Waits(Thread thread) => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin);

    private static byte[] OneWrite()
    {
        MachineProgram program = new();
        program.Grab();
        program.WriteRegister(Register, Written);
        program.End(0);
        return program.ToImage();
    }
}
