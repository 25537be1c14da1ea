using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="RemoveSecondGrab"/>, of VPIO1004, VPIO1005.</summary>
internal sealed class RemoveSecondGrabTests
{
    [Test]
    public Task TheSecondGrabGoes() => FixCase.Members<RemoveSecondGrab>("""
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
            nic.Release();
        }
        """);

    [Test]
    public Task CommentsStayWhereItWas() => FixCase.Members<RemoveSecondGrab>("""
        public void Send()
        {
            nic.Grab();
            nic.Write(0, 1);
            // To be sure.
            {|VPIO1004:nic.Grab()|};
            // Tells the card.
            nic.Write(4, 1);
            nic.Release();
        }
        """, """
        public void Send()
        {
            nic.Grab();
            nic.Write(0, 1);
            // To be sure.
            // Tells the card.
            nic.Write(4, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task AScopeIsNotTakenTwice() => FixCase.Members<RemoveSecondGrab>("""
        public void Send()
        {
            using var scope = nic.Enter();
            {|VPIO1004:scope.Regrab()|};
        }
        """, """
        public void Send()
        {
            using var scope = nic.Enter();
        }
        """);

    [Test]
    public Task WhereOnlySomePathsHoldTheFirstGrabGoes() => FixCase.Members<RemoveSecondGrab>("""
        public void Send()
        {
            if (Elsewhere.Flip())
                nic.Grab();
            {|VPIO1005:nic.Grab()|};
            nic.Write(0, 1);
            nic.Release();
        }
        """, """
        public void Send()
        {
            if (Elsewhere.Flip())
            {
            }

            nic.Grab();
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task AllSecondGrabsGo() => FixCase.Members<RemoveSecondGrab>("""
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
            nic.Release();
        }

        public void Two()
        {
            other.Grab();
            other.Release();
        }
        """);
}
