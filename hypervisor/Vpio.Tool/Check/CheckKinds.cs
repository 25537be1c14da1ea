using Vpio.AssembledGuests;
using Vpio.Conformance;
using Vpio.Hypervisor.Guests;
using Vpio.Tool.Run;

namespace Vpio.Tool.Check;

/// <summary>Finds how testbeds with guests of each kind are started.</summary>
internal static class CheckKinds
{
    /// <summary>Finds it for a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="kvmDescriptor">An inherited descriptor of KVM; null: it is opened by name.</param>
    /// <exception cref="UsageException">No guest can be of the kind on this system.</exception>
    internal static Func<ITestbed> Start(GuestKind kind, int? kvmDescriptor)
    {
        switch (kind)
        {
            case GuestKind.InProcess:
                return () => new ReferenceTestbed(hypervisor => hypervisor.AddGuest());
            case GuestKind.Process:
                // What a runtime says of the access that ends it is not for who reads the sheet.
                GuestCommand command = GuestPrograms.ThisTool();
                GuestCommand quiet = command with { FileName = "/bin/sh", Arguments = ["-c", "exec \"$@\" 2>/dev/null", "sh", command.FileName, .. command.Arguments] };
                return () => new ReferenceTestbed(hypervisor => hypervisor.AddGuest(quiet));
            case GuestKind.Kvm:
                GuestPrograms.DemandKvm(kind, kvmDescriptor);
                GuestImage image = new(AssembledAgent.Image);
                return () => new ReferenceTestbed(hypervisor => hypervisor.AddGuest(image), kvmDescriptor);
            default:
                throw new UsageException($"--guest-kind {GuestKinds.Name(kind)} has no guest agent; use inprocess, process or kvm.");
        }
    }
}
