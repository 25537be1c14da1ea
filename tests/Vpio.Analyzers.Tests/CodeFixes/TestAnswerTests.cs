using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="TestAnswer"/>, of VPIO1011.</summary>
internal sealed class TestAnswerTests
{
    [Test]
    public Task WhatFollowsIsWrapped() => FixCase.Members<TestAnswer>("""
        public void Send()
        {
            {|VPIO1011:nic.TryGrab()|};
            nic.Write(0, 1);
            nic.Release();
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
    public Task AReleaseIsAddedAndCommentsStay() => FixCase.Members<TestAnswer>("""
        public void Send()
        {
            // Mine, I hope.
            {|VPIO1011:nic.TryGrab()|}; // perhaps
            // Tells the card.
            nic.Write(0, 1); // now
        }
        """, """
        public void Send()
        {
            // Mine, I hope.
            if (nic.TryGrab())
            {
                // Tells the card.
                nic.Write(0, 1); // now
                nic.Release();
            }
        }
        """);

    [Test]
    public Task AStoredResultIsTested() => FixCase.Members<TestAnswer>("""
        public void Send()
        {
            bool ok = {|VPIO1011:nic.TryGrab()|};
            nic.Write(0, 1);
            nic.Release();
        }
        """, """
        public void Send()
        {
            bool ok = nic.TryGrab();
            if (ok)
            {
                nic.Write(0, 1);
                nic.Release();
            }
        }
        """);

    [Test]
    public Task AnAnswerIsComparedWithWhatMeansSuccess() => FixCase.Members<TestAnswer>("""
        public void Send()
        {
            {|VPIO1011:nic.Ask()|};
            nic.Write(0, 1);
            nic.Release();
        }
        """, """
        public void Send()
        {
            if (nic.Ask() == Answer.Granted)
            {
                nic.Write(0, 1);
                nic.Release();
            }
        }
        """);

    [Test]
    public Task AScopeIsAsked() => FixCase.Members<TestAnswer>("""
        public void Send()
        {
            using var scope = {|VPIO1011:nic.TryEnter()|};
            nic.Write(0, 1);
        }
        """, """
        public void Send()
        {
            using var scope = nic.TryEnter();
            if (scope.Granted)
            {
                nic.Write(0, 1);
            }
        }
        """);

    [Test]
    public Task APollInALoopLeavesIt() => FixCase.Members<TestAnswer>("""
        public void Send()
        {
            nic.Grab();
            while (Elsewhere.More())
            {
                // Is it wanted?
                _ = {|VPIO1011:nic.Wanted|};
                nic.Write(0, 1);
            }

            nic.Release();
        }
        """, """
        public void Send()
        {
            nic.Grab();
            while (Elsewhere.More())
            {
                // Is it wanted?
                if (nic.Wanted)
                {
                    break;
                }

                nic.Write(0, 1);
            }

            nic.Release();
        }
        """, "VPIO1023");

    [Test]
    public Task APollOutsideOfALoopGuardsTheTouches() => FixCase.Members<TestAnswer>("""
        public void Send()
        {
            nic.Grab();
            _ = {|VPIO1011:nic.Wanted|};
            nic.Write(0, 1);
            nic.Release();
        }
        """, """
        public void Send()
        {
            nic.Grab();
            if (!nic.Wanted)
            {
                nic.Write(0, 1);
            }

            nic.Release();
        }
        """);

    [Test]
    public Task AllAnswersAreTested() => FixCase.Members<TestAnswer>("""
        public void One()
        {
            {|VPIO1011:nic.TryGrab()|};
            nic.Write(0, 1);
            nic.Release();
        }

        public void Two()
        {
            {|VPIO1011:nic.TryGrab()|};
            {|VPIO1011:other.TryGrab()|};
            nic.Write(0, other.Read(0));
            other.Release();
            nic.Release();
        }
        """, """
        public void One()
        {
            if (nic.TryGrab())
            {
                nic.Write(0, 1);
                nic.Release();
            }
        }

        public void Two()
        {
            if (nic.TryGrab())
            {
                if (other.TryGrab())
                {
                    nic.Write(0, other.Read(0));
                    other.Release();
                }

                nic.Release();
            }
        }
        """);
}
