using Vpio.AssembledGuests;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;
using Vpio.Programs;

namespace Vpio.Machines.Tests;

/// <summary>Shows what is said where KVM is not to be had, and that a descriptor of it is enough.</summary>
[TestFixture]
internal sealed class SupportTests
{
    [Test]
    public void ADescriptorThatIsNotOpenIsNamed() =>
        Assert.That(KvmSupport.WhyNot(987), Is.EqualTo("descriptor 987 is not open: let this process inherit an open descriptor of /dev/kvm"));

    [Test]
    public void ADescriptorOfSomethingElseIsNamed()
    {
        using FileStream file = File.OpenRead("/dev/null");
        int descriptor = (int)file.SafeFileHandle.DangerousGetHandle();
        Assert.That(KvmSupport.WhyNot(descriptor), Is.EqualTo($"descriptor {descriptor} is not a descriptor of KVM"));
    }

    [Test]
    public void AMachineRunsByADescriptorAndLeavesItOpen()
    {
        UsableKvm.Demand();
        using FileStream kvm = new("/dev/kvm", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);
        int descriptor = (int)kvm.SafeFileHandle.DangerousGetHandle();
        Assert.That(KvmSupport.WhyNot(descriptor), Is.Null);
        using (MachineWorld world = new(new HypervisorOptions { KvmDescriptor = descriptor }))
            Assert.That(MachineWorld.Run(world.Add(program => program.End(1))).Code, Is.EqualTo(1));
        Assert.That(KvmSupport.WhyNot(descriptor), Is.Null);
    }

    [Test]
    public void AMachineThatCannotBeMadeSaysWhyAndItsGuestCanBeRemoved()
    {
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { KvmDescriptor = 987 });
        MachineProgram program = new();
        program.End(0);
        Guest guest = hypervisor.AddGuest(new GuestImage(program.ToImage()));
        Assert.That(() => guest.Machine!.Start(), Throws.InstanceOf<IOException>().With.Message.Contains("descriptor 987"));
        hypervisor.RemoveGuest(guest);
    }
}
