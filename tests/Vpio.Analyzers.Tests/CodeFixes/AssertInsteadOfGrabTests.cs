using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="AssertInsteadOfGrab"/>, of VPIO1004, VPIO1005.</summary>
internal sealed class AssertInsteadOfGrabTests
{
    [Test]
    public Task TheSecondGrabBecomesAnAssertion() => FixCase.Members<AssertInsteadOfGrab>("""
        public void Send()
        {
            nic.Grab();
            {|VPIO1004:nic.Grab()|};
            nic.Release();
        }
        """, """
        public void Send()
        {
            nic.Grab();
            nic.EnsureHeld();
            nic.Release();
        }
        """);

    [Test]
    public Task CommentsStay() => FixCase.Members<AssertInsteadOfGrab>("""
        [RequiresHeld(nameof(nic))]
        public void Send()
        {
            Elsewhere.Log();
            // To be sure.
            {|VPIO1004:nic.Grab()|}; // once more
            nic.Write(0, 1);
        }
        """, """
        [RequiresHeld(nameof(nic))]
        public void Send()
        {
            Elsewhere.Log();
            // To be sure.
            nic.EnsureHeld(); // once more
            nic.Write(0, 1);
        }
        """);

    [Test]
    public Task AllSecondGrabsBecomeAssertions() => FixCase.Members<AssertInsteadOfGrab>("""
        public void One()
        {
            nic.Grab();
            {|VPIO1004:nic.Grab()|};
            nic.Release();
        }

        public void Two()
        {
            other.Grab();
            {|VPIO1004:other.Grab()|};
            other.Release();
        }
        """, """
        public void One()
        {
            nic.Grab();
            nic.EnsureHeld();
            nic.Release();
        }

        public void Two()
        {
            other.Grab();
            other.EnsureHeld();
            other.Release();
        }
        """);
}
