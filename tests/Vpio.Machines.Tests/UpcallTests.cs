using Iced.Intel;
using Vpio.Abi;
using Vpio.Abi.Machines;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Guests.Machines;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.Machines.Tests;

/// <summary>Shows that a notification reaches a machine that runs and one that sleeps.</summary>
[TestFixture]
internal sealed class UpcallTests
{
    private const int Ready = 1;
    private const int Interrupts = 2;
    private const int Rounds = 20;

    [Test]
    public void EachNotificationInterruptsAGuestThatSpins()
    {
        using MachineWorld world = new();
        Guest guest = world.Add(program =>
        {
            program.Code.mov(rax, 1UL);
            program.Keep(rax, Ready);
            program.Spin();
            program.BeginUpcallHandler();
            program.Code.push(rax);
            program.Code.mov(__byte_ptr[MachineMap.GuestPage + 64], 0); // Pending.
            program.Code.inc(__qword_ptr[MachineMap.Memory + (Interrupts * 8)]);
            program.Code.pop(rax);
            program.Code.iretq();
        });
        guest.Machine!.Start();
        Assert.That(() => Kept(guest, Ready), Is.EqualTo(1).After(20_000, 1));
        for (ulong i = 1; i <= Rounds; i++)
        {
            guest.Upcalls.Raise(new DeviceIndex(0), DeviceEvents.RxPending);
            Assert.That(() => Kept(guest, Interrupts), Is.EqualTo(i).After(20_000, 1));
        }

        Assert.That(guest.Machine.Statistics.Interrupts, Is.EqualTo(Rounds));
    }

    [Test]
    public void ANotificationEndsASleep()
    {
        using MachineWorld world = new();
        Guest guest = world.Add(program =>
        {
            Label again = program.Code.CreateLabel();
            program.Code.Label(ref again);
            program.Code.mov(rax, 1UL);
            program.Keep(rax, Ready);
            program.Out(MachinePort.Sleep, 1_000_000);
            program.Code.cmp(__byte_ptr[MachineMap.GuestPage + 64], 0);
            program.Code.je(again);
            program.End(3);
        });
        guest.Machine!.Start();
        Assert.That(() => Kept(guest, Ready), Is.EqualTo(1).After(20_000, 1));
        guest.Upcalls.Raise(new DeviceIndex(0), DeviceEvents.RxPending);
        Assert.That(MachineWorld.AwaitEnd(guest).Code, Is.EqualTo(3));
    }

    [Test]
    public void TheCounterThatAGuestReadsIsTheHypervisorsClock()
    {
        using MachineWorld world = new();
        Guest guest = world.Add(program =>
        {
            program.AwaitSignal(4);
            program.Code.rdtsc();
            program.Code.shl(rdx, 32);
            program.Code.or(rax, rdx);
            program.Keep(rax, 5);
            program.End(0);
        });
        guest.Machine!.Start();
        long before = guest.Pages.Clock.NowNs;
        guest.Pages.Memory.At<ulong>(4 * 8) = 1;
        Assert.That(MachineWorld.AwaitEnd(guest).Code, Is.Zero);
        long after = guest.Pages.Clock.NowNs;
        ulong told = CounterConversion.FromPage(guest.Pages.Page.At<GuestPage>(0)).ToNs(Kept(guest, 5));

        // The two clocks were set by each other some moments ago, and then run by themselves.
        const long Slack = 1_000_000;
        Assert.That((long)told, Is.InRange(before - Slack, after + Slack));
    }

    private static ulong Kept(Guest guest, int at) => Volatile.Read(ref guest.Pages.Memory.At<ulong>(at * 8));
}
