using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace Vpio.Analyzers.Tests.Robustness;

/// <summary>Code that does not compile: the broken member is left alone, the others are not.</summary>
internal sealed class BrokenCodeTests
{
    [Test]
    public Task AMemberThatDoesNotParseIsSilentAndTheOthersAreNot() => Check("""
        public void Broken()
        {
            nic.Grab();
            Missing(;
        }

        public void Send() => {|VPIO1001:nic.Write(0, 1)|};
        """);

    [Test]
    public Task AWarningInABodyIsNoError() => Check("""
        public void Send()
        {
        #warning later
            {|VPIO1001:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task AMemberThatDoesNotBindIsSilentAndTheOthersAreNot() => Check("""
        public void Broken()
        {
            nic.Grab();
            nic.NoSuchMember(1, 2);
            undeclared.Write(0, 1);
        }

        public void Send()
        {
            nic.Grab();
            nic.Release();
            {|VPIO1003:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task ArgumentsThatDoNotFitAreSilent() => Check("""
        public void Broken()
        {
            nic.Write();
            nic.TryGrab(out int lease);
            string s = nic.Read(0);
        }

        public void Send() => {|VPIO1006:nic.Release()|};
        """);

    [Test]
    public Task AnAttributeThatDoesNotBindIsSilent() => Check("""
        [RequiresHeld(3)] public void Two() { }
        [RequiresHeld(null!)] public void Four() { }
        [RequiresHeld(Missing.Name)] public void Five() { }

        public void Send() => {|VPIO1001:nic.Write(0, 1)|};
        """);

    [Test]
    public Task ATypeThatIsUnfinishedIsNoHarm() => Check("""
        public void Send() => {|VPIO1001:nic.Write(0, 1)|};
        public class Half : Unknown<Nic>, IDisposable { Lease lease; void (
        """);

    [Test]
    public Task ABaseThatIsMissingIsNoHarm() => Check("""
        public sealed class Orphan : Missing
        {
            private readonly Nic mine = new();
            [RequiresHeld(nameof(mine))] public override void Go() { }
            public void Send() => {|VPIO1001:mine.Write(0, 1)|};
        }
        """);

    [Test]
    public Task AMemberWithoutABodyIsNoHarm() => Check("""
        public void Nothing();
        public partial void Half();
        public uint Value { get }
        public void Send() => {|VPIO1001:nic.Write(0, 1)|};
        """);

    [Test]
    public Task AJumpToNowhereIsNoHarm() => Check("""
        public void Broken()
        {
            nic.Grab();
            goto nowhere;
            break;
        }

        public void Send() => {|VPIO1001:nic.Write(0, 1)|};
        """);

    private static Task Check(string members)
    {
        CSharpAnalyzerTest<OwnershipAnalyzer, DefaultVerifier> test = OwnershipCase.Prepare(OwnershipCase.Wrap(members));
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        return test.RunAsync();
    }
}
