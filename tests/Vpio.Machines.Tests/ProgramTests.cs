using Vpio.Hypervisor.Guests;

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
    public void AnUndefinedInstructionEndsTheGuestAndSaysWhere()
    {
        using MachineWorld world = new();
        Guest guest = world.Add(program => program.Code.ud2());
        Assert.That(MachineWorld.Run(guest).Reason, Does.Contain("an exception").And.Contain("at 0x400040"));
    }
}
