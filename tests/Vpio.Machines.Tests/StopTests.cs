using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;

namespace Vpio.Machines.Tests;

/// <summary>Shows that a machine can be stopped wherever it is, and what is left of it then.</summary>
[TestFixture]
internal sealed class StopTests
{
    private static readonly HypervisorOptions Hasty = new() { Slice = TimeSpan.FromMilliseconds(1), Grace = TimeSpan.FromMilliseconds(1) };

    [Test]
    public void AnOwnerThatSpinsIsStoppedByForceAndTheNextGetsTheDevice()
    {
        using MachineWorld world = new(Hasty);
        Guest hog = world.Add(program =>
        {
            program.Grab();
            program.Spin();
        });
        Guest next = world.Add(program =>
        {
            program.Grab();
            program.End(7);
        });
        hog.Machine!.Start();
        Assert.That(() => world.Device.State.Owner, Is.EqualTo(hog.Id).After(20_000, 1));
        Assert.That(MachineWorld.Run(next).Code, Is.EqualTo(7));
        Assert.That(MachineWorld.AwaitEnd(hog), Is.EqualTo(new MachineExit(null, "stopped by force")));
        Assert.That(world.Device.Statistics.ForcedStops, Is.EqualTo(1));
    }

    [Test]
    public void AMachineIsStoppedWhileItSpinsSleepsWaitsOrCalls([Values("spins", "sleeps", "waits", "calls")] string what)
    {
        using MachineWorld world = new();
        Guest guest = world.Add(program =>
        {
            Iced.Intel.Label again = program.Code.CreateLabel();
            program.Code.Label(ref again);
            program.Code.mov(Iced.Intel.AssemblerRegisters.rax, 1UL);
            program.Keep(Iced.Intel.AssemblerRegisters.rax, 1);
            switch (what)
            {
                case "sleeps":
                    program.Out(Abi.Machines.MachinePort.Sleep, uint.MaxValue);
                    break;
                case "waits":
                    program.Call(new Abi.Operations.WaitArgs { TimeoutNs = Abi.Operations.WaitArgs.Forever });
                    break;
                case "calls":
                    program.Call(new Abi.Operations.GetStateArgs());
                    break;
            }

            program.Code.jmp(again);
        });
        guest.Machine!.Start();
        Assert.That(() => Volatile.Read(ref guest.Pages.Memory.At<ulong>(8)), Is.EqualTo(1).After(20_000, 1));
        guest.Stop();
        Assert.That(MachineWorld.AwaitEnd(guest).Reason, Is.EqualTo("stopped by force"));
        Assert.That(() => guest.Resume(), Throws.InvalidOperationException);
    }

    [Test]
    public void AMachineIsStoppedAlsoWhereTheSignalForThatWasBlocked()
    {
        using MachineWorld world = new();
        Guest guest = world.Add(program => program.Spin());
        BlockedSignal.Run(guest.Machine!.Start);
        guest.Stop();
        Assert.That(MachineWorld.AwaitEnd(guest).Reason, Is.EqualTo("stopped by force"));
    }

    [Test]
    public void NothingIsLeftOfEightMachinesAtOnce()
    {
        using MachineWorld world = new();
        int before = Descriptors("kvm");
        Guest[] guests = [.. Enumerable.Range(0, 8).Select(_ => world.Add(program => program.Spin()))];
        foreach (Guest guest in guests)
            guest.Machine!.Start();
        Assert.That(Descriptors("kvm-vm"), Is.EqualTo(8));
        Assert.That(Descriptors("kvm-vcpu"), Is.EqualTo(8));
        Assert.That(CpuThreads, Is.EqualTo(8).After(20_000, 1));
        foreach (Guest guest in guests)
            world.Hypervisor.RemoveGuest(guest);
        Assert.That(Descriptors("kvm"), Is.EqualTo(before));
        Assert.That(CpuThreads, Is.Zero.After(20_000, 1)); // The thread's very last steps come after the machine's.
    }

    [Test]
    public void AMachineThatNeverStartedIsRemoved()
    {
        using MachineWorld world = new();
        Guest guest = world.Add(program => program.Spin());
        world.Hypervisor.RemoveGuest(guest);
        Assert.That(() => guest.Machine!.Start(), Throws.InvalidOperationException.With.Message.Contains("removed"));
    }

    private static int CpuThreads() =>
        Directory.GetDirectories("/proc/self/task").Count(task => ReadComm(task).StartsWith("vpio cpu", StringComparison.Ordinal));

    private static string ReadComm(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm"));
        }
        catch (IOException)
        {
            return string.Empty; // It ended meanwhile.
        }
    }

    private static int Descriptors(string kind) =>
        Directory.GetFiles("/proc/self/fd").Count(file => (new FileInfo(file).LinkTarget ?? string.Empty).Contains(kind, StringComparison.Ordinal));
}
