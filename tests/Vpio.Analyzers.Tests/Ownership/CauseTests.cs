using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>A report tells its cause: where the device was grabbed, released or perhaps lost.</summary>
internal sealed class CauseTests
{
    [Test]
    public Task ATouchBehindTheReleaseNamesTheRelease() => OwnershipCase.Says("""
        public void Send()
        {
            nic.Grab();
            {|#1:nic.Release()|};
            {|#0:nic.Write(0, 1)|};
        }
        """, Error("VPIO1003").WithLocation(1));

    [Test]
    public Task ASecondGrabNamesTheFirst() => OwnershipCase.Says("""
        public void Send()
        {
            {|#1:nic.Grab()|};
            {|#0:nic.Grab()|};
            nic.Release();
        }
        """, Error("VPIO1004").WithLocation(1));

    [Test]
    public Task ASecondReleaseNamesTheFirst() => OwnershipCase.Says("""
        public void Send()
        {
            nic.Grab();
            {|#1:nic.Release()|};
            {|#0:nic.Release()|};
        }
        """, Error("VPIO1006").WithLocation(1));

    [Test]
    public Task ADoubtfulTouchNamesTheReleaseThatLostIt() => OwnershipCase.Says("""
        public void Send()
        {
            nic.Grab();
            if (Chance())
                {|#1:nic.Release()|};
            {|#0:nic.Write(0, 1)|};
            nic.Release();
        }
        """, Error("VPIO1002").WithLocation(1));

    [Test]
    public Task ATouchThatWasNeverGrabbedHasNoCauseToName() => OwnershipCase.Says("""
        public void Send() => {|#0:nic.Write(0, 1)|};
        """, Error("VPIO1001"));

    [Test]
    public Task ATouchBehindALossNamesTheCallThatMayLose() => OwnershipCase.Says("""
        public void Send()
        {
            nic.Grab();
            {|#1:nic.WaitForInterrupt()|};
            {|#0:nic.Write(0, 1)|};
            nic.Release();
        }
        """, Error("VPIO1024").WithLocation(1));

    [Test]
    public Task AnAwaitNamesTheGrab() => OwnershipCase.Says("""
        public async Task SendAsync()
        {
            {|#1:nic.Grab()|};
            {|#0:await Later()|};
            nic.Release();
        }
        """, Error("VPIO1013").WithLocation(1));

    [Test]
    public Task ABlockingCallNamesTheGrab() => OwnershipCase.Says("""
        public void Send()
        {
            {|#1:nic.Grab()|};
            {|#0:Thread.Sleep(1)|};
            nic.Release();
        }
        """, new DiagnosticResult("VPIO1014", DiagnosticSeverity.Warning).WithLocation(0).WithLocation(1));

    [Test]
    public Task AnExcludedCallNamesTheGrab() => OwnershipCase.Says("""
        public void Send()
        {
            {|#1:nic.Grab()|};
            {|#0:Reset()|};
            nic.Release();
        }
        """, Error("VPIO1019").WithLocation(1));

    [Test]
    public Task ARequirementBehindTheReleaseNamesTheRelease() => OwnershipCase.Says("""
        public void Send()
        {
            nic.Grab();
            {|#1:nic.Release()|};
            {|#0:Kick()|};
        }
        """, Error("VPIO1017").WithLocation(1));

    [Test]
    public Task AnEscapeNamesTheGrab() => OwnershipCase.Says("""
        public void Send()
        {
            {|#1:nic.Grab()|};
            Store({|#0:nic.Map(0, 4)|});
            nic.Release();
        }
        """, Error("VPIO1015").WithLocation(1));

    private static DiagnosticResult Error(string id) => new DiagnosticResult(id, DiagnosticSeverity.Error).WithLocation(0);
}
