using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="GrabInsteadOfHint"/>, of VPIO1012.</summary>
internal sealed class GrabInsteadOfHintTests
{
    [Test]
    public Task TheHintBecomesAGrab() => FixCase.Members<GrabInsteadOfHint>("""
        public void Send()
        {
            if (nic.LooksIdle)
                {|VPIO1012:nic.Write(0, 1)|};
        }
        """, """
        public void Send()
        {
            if (nic.TryGrab())
            {
                nic.Write(0, 1);
                nic.Release();
            }
        }
        """);

    [Test]
    public Task TheGrabIsTheLastOfSeveralConditionsAndCommentsStay() => FixCase.Members<GrabInsteadOfHint>("""
        public void Send()
        {
            // Only when nobody has it.
            if (Elsewhere.More() && nic.LooksIdle)
            {
                // Tells the card.
                {|VPIO1012:nic.Write(0, 1)|}; // now
                Elsewhere.MayFail();
            }
        }
        """, """
        public void Send()
        {
            // Only when nobody has it.
            if (Elsewhere.More() && nic.TryGrab())
            {
                // Tells the card.
                try
                {
                    nic.Write(0, 1); // now
                    Elsewhere.MayFail();
                }
                finally
                {
                    nic.Release();
                }
            }
        }
        """, "VPIO1010");

    [Test]
    public Task ATestThatLeavesGrabsForWhatFollows() => FixCase.Members<GrabInsteadOfHint>("""
        public void Send()
        {
            if (!nic.LooksIdle)
                return;
            {|VPIO1012:nic.Write(0, 1)|};
            nic.Write(4, 1);
            Elsewhere.Log();
        }
        """, """
        public void Send()
        {
            if (!nic.TryGrab())
                return;
            nic.Write(0, 1);
            nic.Write(4, 1);
            nic.Release();
            Elsewhere.Log();
        }
        """);

    [Test]
    public Task AHintBeforeAnotherConditionIsLeftAlone() => FixCase.NotOffered<GrabInsteadOfHint>("""
        public void Send()
        {
            if (nic.LooksIdle && Elsewhere.More())
                {|VPIO1012:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task AllHintsBecomeGrabs() => FixCase.Members<GrabInsteadOfHint>("""
        public void Send()
        {
            if (nic.LooksIdle)
                {|VPIO1012:nic.Write(0, 1)|};
            if (other.LooksIdle)
                {|VPIO1012:other.Write(0, 1)|};
        }
        """, """
        public void Send()
        {
            if (nic.TryGrab())
            {
                nic.Write(0, 1);
                nic.Release();
            }

            if (other.TryGrab())
            {
                other.Write(0, 1);
                other.Release();
            }
        }
        """);
}
