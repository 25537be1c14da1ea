using Vpio.Hypervisor.Guests.Machines;

namespace Vpio.Hypervisor.Guests;

/// <summary>Tells whether guests in virtual machines can be run here.</summary>
public static class KvmSupport
{
    /// <summary>Looks for KVM, and tries it with a small program.</summary>
    /// <param name="descriptor">A descriptor of <c>/dev/kvm</c> that this process inherited or was given; <see langword="null"/>: it is opened by name.</param>
    /// <returns>Why they cannot, in one sentence without its full stop; <see langword="null"/> when they can.</returns>
    /// <remarks>Makes a virtual machine for that, which is gone when this returns; takes some milliseconds.</remarks>
    public static string? WhyNot(int? descriptor = null)
    {
        try
        {
            using Kvm kvm = Kvm.Open(descriptor);
            return TrialRun.WhyNot(kvm);
        }
        catch (IOException failure)
        {
            return failure.Message.TrimEnd('.');
        }
    }
}
