using Vpio.Abi;
using Vpio.Hypervisor.Ownership;

namespace Vpio.Hypervisor.Tests.Ownership;

/// <summary>Holds the marks of stopped guests (docs/ownership.md, rule 8).</summary>
[TestFixture]
internal sealed class GuestMarksTests
{
    [Test]
    public void OfSeveralWhoMarkAGuestOneIsTold()
    {
        GuestMarks<HardwareMemory> marks = new();
        DomainId guest = new(7);
        int told = 0;
        Parallel.For(0, 64, _ =>
        {
            if (marks.TrySet(guest))
                Interlocked.Increment(ref told);
        });
        Assert.That(told, Is.EqualTo(1));
        Assert.That(marks.IsSet(guest));
    }

    [Test]
    public void AMarkIsOfOneGuestOnly()
    {
        GuestMarks<HardwareMemory> marks = new();
        foreach (ushort marked in new ushort[] { 1, 64, 65, 1024 })
        {
            Assert.That(marks.TrySet(new DomainId(marked)));
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
        marks.TrySet(guest);
        marks.Clear(guest);
        Assert.That(marks.IsSet(guest), Is.False);
        Assert.That(marks.TrySet(guest));
    }
}
