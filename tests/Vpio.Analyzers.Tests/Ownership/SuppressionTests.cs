using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Suppressions that any analyzer has: they work, and say why.</summary>
internal sealed class SuppressionTests
{
    [Test]
    public Task APragmaSilencesAsEverywhere() => OwnershipCase.Members("""
        public void Boot()
        {
        #pragma warning disable VPIO1001 // The device is not plugged in yet.
            nic.Write(0, 1);
        #pragma warning restore VPIO1001
        }

        public void Reboot() => {|VPIO1001:nic.Write(0, 1)|};
        """);

    [Test]
    public Task AnAttributeSilencesAsEverywhere() => OwnershipCase.Members("""
        private const string Why = "The device is not plugged in yet.";

        [SuppressMessage("Ownership", "VPIO1001", Justification = "The device is not plugged in yet.")]
        public void Boot() => nic.Write(0, 1);

        [SuppressMessage("Ownership", "VPIO1001:Device touched without a grab", Justification = Why)]
        public void Reboot() => nic.Write(0, 1);

        [UnconditionalSuppressMessage("Ownership", "VPIO1001", Justification = Why)]
        public void Probe() => nic.Write(0, 1);
        """);

    [Test]
    public Task AnAttributeWithoutAJustificationIsReportedAndSilences() => OwnershipCase.Members("""
        [{|VPIO1029:SuppressMessage("Ownership", "VPIO1001")|}]
        public void None() => nic.Write(0, 1);

        [{|VPIO1029:SuppressMessage("Ownership", "VPIO1001:Device touched without a grab", Justification = "")|}]
        public void Empty() => nic.Write(0, 1);

        [Obsolete, {|VPIO1029:SuppressMessageAttribute("Ownership", checkId: "VPIO1001", Justification = " ")|}]
        public void Blank() => nic.Write(0, 1);

        [{|VPIO1029:System.Diagnostics.CodeAnalysis.SuppressMessage("Ownership", "VPIO1001", Justification = "<Pending>")|}]
        public void Pending() => nic.Write(0, 1);

        [{|VPIO1029:SuppressMessage("Ownership", "VPIO1001", Justification = null)|}]
        public void Null() => nic.Write(0, 1);

        [{|VPIO1029:UnconditionalSuppressMessage("Ownership", "VPIO1001")|}]
        public void Unconditional() => nic.Write(0, 1);
        """);

    [Test]
    public Task AnAttributeOfTheAssemblyNeedsAReasonToo() => OwnershipCase.File("""
        [assembly: {|VPIO1029:SuppressMessage("Ownership", "VPIO1001", Scope = "member", Target = "~M:Driver.Boot")|}]
        [assembly: SuppressMessage("Ownership", "VPIO1001", Scope = "member", Target = "~M:Driver.Reboot", Justification = "The device is not plugged in yet.")]

        public partial class Driver
        {
            public void Boot() => nic.Write(0, 1);
            public void Reboot() => nic.Write(0, 1);
        }
        """);

    [Test]
    public Task APragmaWithoutACommentIsReportedOnceAndSilences() => OwnershipCase.Members("""
        public void Boot()
        {
        #pragma warning disable {|VPIO1029:VPIO1001|}, VPIO1003
            nic.Write(0, 1);
        #pragma warning restore VPIO1001
        #pragma warning disable CS0168, {|VPIO1029:VPIO1001|} //
            nic.Write(0, 1);
        }
        """);

    [Test]
    public Task WhoSuppressesOthersOrInCodeThatIsLeftOutOwesNoReason() => OwnershipCase.Members("""
        #pragma warning disable CS0168
        #if NEVER
        #pragma warning disable VPIO1001
        #endif
        [SuppressMessage("Design", "CA1051")] // not VPIO1001
        public void Boot() { }
        """);

    [Test]
    public Task GeneratedCodeOwesNoReason()
    {
        CSharpAnalyzerTest<OwnershipAnalyzer, DefaultVerifier> test = OwnershipCase.Prepare(OwnershipCase.Wrap(""));
        test.TestState.Sources.Add(("Driver.g.cs", """
            #pragma warning disable VPIO1001
            public partial class Driver
            {
                [SuppressMessage("Ownership", "VPIO1001")] public void Generated() => nic.Write(0, 1);
            }
            """));
        return test.RunAsync();
    }
}
