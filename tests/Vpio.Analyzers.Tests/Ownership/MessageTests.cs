using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>What the rules about one device say, word for word: they name the device, and what to do.</summary>
internal sealed class MessageTests
{
    [Test]
    public Task ATouchWithoutAGrab() => Says("VPIO1001", "'nic' is touched but never grabbed on this path: grab it first, and touch it only when the grab succeeded", """
        public void Send() => {|#0:nic.Write(0, 1)|};
        """);

    [Test]
    public Task ADoubtfulTouch() => Says("VPIO1002", "'nic' is held on some paths only: test the result of its grab before this touch", """
        public void Send()
        {
            if (Chance())
                nic.Grab();
            {|#0:nic.Write(0, 1)|};
            nic.Release();
        }
        """);

    [Test]
    public Task ATouchBehindTheRelease() => Says("VPIO1003", "'other' was released before this touch: move the release behind it, or grab again", """
        public void Send()
        {
            other.Grab();
            other.Release();
            {|#0:other.Write(0, 1)|};
        }
        """);

    [Test]
    public Task ASecondGrab() => Says("VPIO1004", "'nic' is held already: remove this grab, or release first", """
        public void Send()
        {
            nic.Grab();
            {|#0:nic.Grab()|};
            nic.Release();
        }
        """);

    [Test]
    public Task ADoubtfulGrab() => Says("VPIO1005", "'nic' may be held already: release it on every path that leads here", """
        public void Send()
        {
            if (Chance())
                nic.Grab();
            {|#0:nic.Grab()|};
            nic.Release();
        }
        """, DiagnosticSeverity.Warning);

    [Test]
    public Task AReleaseOfWhatIsNotHeld() => Says("VPIO1006", "'nic' is not held here: release it only after a grab that succeeded", """
        public void Send() => {|#0:nic.Release()|};
        """);

    [Test]
    public Task ADoubtfulRelease() => Says("VPIO1007", "'nic' may not be yours to release here: release it only where its grab is known to have succeeded", """
        public void Send()
        {
            nic.EnsureHeld();
            {|#0:nic.Release()|};
        }
        """, DiagnosticSeverity.Warning);

    [Test]
    public Task AHoldThatIsKept() => Says("VPIO1008", "'nic' is still held when the member ends: release it, with 'using' or in a finally block, or say [Acquires]", """
        public void Send() => {|#0:nic.Grab()|};
        """);

    [Test]
    public Task AHoldThatIsKeptOnSomeWay() => Says("VPIO1009", "'nic' is still held at some end of the member: release it on every path, with 'using' or in a finally block", """
        public void Send()
        {
            {|#0:nic.Grab()|};
            if (Chance())
                nic.Release();
        }
        """, DiagnosticSeverity.Warning);

    [Test]
    public Task AHoldThatAnExceptionKeeps() => Says("VPIO1010", "An exception may leave the member while 'nic' is held: release it in a finally block or with 'using'", """
        public void Send()
        {
            {|#0:nic.Grab()|};
            MayFail();
            nic.Release();
        }
        """, DiagnosticSeverity.Warning);

    [Test]
    public Task AnAnswerThatIsDropped() => Says("VPIO1011", "Nothing depends on the answer about 'nic': test it, and touch or go on only when it says so", """
        public void Send() => {|#0:nic.TryGrab()|};
        """);

    [Test]
    public Task AHintThatDecides() => Says("VPIO1012", "'nic' only looked idle, which proves nothing: grab it, and touch it when the grab succeeded", """
        public void Send()
        {
            if (nic.LooksIdle)
                {|#0:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task ASuspension() => Says("VPIO1013", "'nic' is held while the member is suspended: release it before, and grab it again after", """
        public async Task SendAsync()
        {
            nic.Grab();
            {|#0:await Later()|};
            nic.Release();
        }
        """);

    [Test]
    public Task AWait() => Says("VPIO1014", "This waits while 'nic' is held: release it before, and grab it again after", """
        public void Send()
        {
            nic.Grab();
            {|#0:Thread.Sleep(1)|};
            nic.Release();
        }
        """, DiagnosticSeverity.Warning);

    private static Task Says(string id, string text, string members, DiagnosticSeverity severity = DiagnosticSeverity.Error) =>
        OwnershipCase.Says(members, new DiagnosticResult(id, severity).WithLocation(0).WithMessage(text).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations));
}
