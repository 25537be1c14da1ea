using Iced.Intel;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Guests.Machines;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.Machines.Tests;

/// <summary>Runs programs of a few instructions in virtual machines.</summary>
[TestFixture]
internal sealed class ProgramTests
{
    [Test]
    public void AProgramEndsWithItsExitCode()
    {
        using MachineWorld world = new();
        Guest guest = world.Add(program => program.End(42));
        Assert.That(MachineWorld.Run(guest), Is.EqualTo(new MachineExit(42, null)));
        Assert.That(guest.State, Is.EqualTo(GuestState.Stopped));
    }

    [Test]
    public void AtItsEntryEveryRegisterIsZeroButTheStackAndTheInfo()
    {
        using MachineWorld world = new();
        Guest guest = world.Add(program =>
        {
            foreach (AssemblerRegister64 register in (AssemblerRegister64[])[rbx, rcx, rdx, rsi, rbp, r8, r9, r10, r11, r12, r13, r14, r15])
                program.Code.or(rax, register);
            program.Keep(rax, 0);
            program.Keep(rdi, 1);
            program.End(0);
        });
        Assert.That(MachineWorld.Run(guest).Code, Is.Zero);
        Assert.That(guest.Pages.Memory.At<ulong>(0), Is.Zero);
        Assert.That(guest.Pages.Memory.At<ulong>(8), Is.EqualTo(MachineMap.Info));
    }

    [Test]
    public void AnUndefinedInstructionEndsTheGuestAndSaysWhere()
    {
        using MachineWorld world = new();
        Guest guest = world.Add(program => program.Code.ud2());
        Assert.That(MachineWorld.Run(guest).Reason, Does.Contain("an exception").And.Contain("at 0x400040"));
    }
}
