using Vpio.Abi;
using Vpio.Hypervisor.Ownership;

namespace Vpio.Hypervisor.Tests.Ownership;

/// <summary>Holds the marks of stopped guests (docs/ownership.md, rule 8).</summary>
[TestFixture]
internal sealed class GuestMarksTests
{
    [Test]
    public void AQuarantinedGuestMayCallAndAStoppedOneMayNot()
    {
        GuestMarks<HardwareMemory> marks = new();
        DomainId guest = new(7);
        marks.Set(guest, GuestMark.Barred);
        Assert.That((marks.IsSet(guest), marks.IsStopped(guest)), Is.EqualTo((true, false)));
        marks.Set(guest, GuestMark.Stopped);
        Assert.That((marks.IsSet(guest), marks.IsStopped(guest)), Is.EqualTo((true, true)));
    }

    [Test]
    public void AQuarantineTakesNothingBackFromAStop()
    {
        GuestMarks<HardwareMemory> marks = new();
        DomainId guest = new(7);
        marks.Set(guest, GuestMark.Stopped);
        marks.Set(guest, GuestMark.Barred);
        Assert.That(marks.IsStopped(guest));
    }

    [Test]
    public void AMarkIsOfOneGuestOnly()
    {
        GuestMarks<HardwareMemory> marks = new();
        foreach (ushort marked in new ushort[] { 1, 64, 65, 1024 })
        {
            marks.Set(new DomainId(marked), GuestMark.Barred);
            for (ushort guest = 1; guest <= 1024; guest++)
                Assert.That(marks.IsSet(new DomainId(guest)), Is.EqualTo(guest == marked));
            marks.Clear(new DomainId(marked));
        }
    }

    [Test]
    public void AClearedMarkCanBeSetAgain()
    {
        GuestMarks<HardwareMemory> marks = new();
        DomainId guest = new(1);
        marks.Set(guest, GuestMark.Stopped);
        marks.Clear(guest);
        Assert.That(marks.IsSet(guest), Is.False);
        marks.Set(guest, GuestMark.Stopped);
        Assert.That(marks.IsSet(guest));
    }
}
