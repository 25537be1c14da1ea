using Vpio.Hypervisor.Guests;

namespace Vpio.Programs;

/// <summary>Tells tests whether virtual machines can be run here. Compiled into each test project that runs some.</summary>
internal static class UsableKvm
{
    private static readonly Lazy<string?> WhyNot = new(() => KvmSupport.WhyNot());

    /// <summary>Ignores the test, saying why, where virtual machines cannot be run.</summary>
    public static void Demand()
    {
        if (WhyNot.Value is { } reason)
            Assert.Ignore($"No virtual machine can be run here: {reason}.");
    }
}
