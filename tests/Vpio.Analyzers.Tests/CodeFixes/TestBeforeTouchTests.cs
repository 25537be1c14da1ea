using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="TestBeforeTouch"/>, of VPIO1002, VPIO1018.</summary>
internal sealed class TestBeforeTouchTests
{
    [Test]
    public Task TheStoredResultIsTested() => FixCase.Members<TestBeforeTouch>("""
        public void Send()
        {
            bool ok = nic.TryGrab();
            if (ok)
                Elsewhere.Log();
            {|VPIO1002:nic.Write(0, 1)|};
            if (ok)
                nic.Release();
        }
        """, """
        public void Send()
        {
            bool ok = nic.TryGrab();
            if (ok)
                Elsewhere.Log();
            if (ok)
            {
                nic.Write(0, 1);
            }

            if (ok)
                nic.Release();
        }
        """);

    [Test]
    public Task TheHandleIsAsked() => FixCase.Members<TestBeforeTouch>("""
        public void Send()
        {
            using var scope = nic.TryEnter();
            if (scope.Granted)
                Elsewhere.Log();

            // Tells the card.
            {|VPIO1002:nic.Write(0, 1)|}; // now
            nic.Write(4, 1);
        }
        """, """
        public void Send()
        {
            using var scope = nic.TryEnter();
            if (scope.Granted)
                Elsewhere.Log();

            // Tells the card.
            if (scope.Granted)
            {
                nic.Write(0, 1); // now
                nic.Write(4, 1);
            }
        }
        """);

    [Test]
    public Task TheProofIsAskedWhereNothingIsReleased() => FixCase.Members<TestBeforeTouch>("""
        public void Send()
        {
            using var scope = nic.Enter();
            if (Elsewhere.Flip())
                scope.Release();
            {|VPIO1002:nic.Write(0, 1)|};
        }
        """, """
        public void Send()
        {
            using var scope = nic.Enter();
            if (Elsewhere.Flip())
                scope.Release();
            if (nic.IsHeld)
            {
                nic.Write(0, 1);
            }
        }
        """);

    [Test]
    public Task AGrabThatLeavesNoResultIsRemembered() => FixCase.Members<TestBeforeTouch>("""
        public void Send()
        {
            Elsewhere.Log();
            if (Elsewhere.Flip())
                nic.Grab();
            {|VPIO1002:nic.Write(0, 1)|};
            nic.Release();
        }
        """, """
        public void Send()
        {
            bool held = false;
            Elsewhere.Log();
            if (Elsewhere.Flip())
            {
                nic.Grab();
                held = true;
            }

            if (held)
            {
                nic.Write(0, 1);
                nic.Release();
            }
        }
        """);

    [Test]
    public Task ARequirementThatIsMetOnSomePathsIsTestedToo() => FixCase.Members<TestBeforeTouch>("""
        public void Send()
        {
            bool ok = nic.TryGrab();
            if (ok)
                Elsewhere.Log();
            {|VPIO1018:Kick()|};
            if (ok)
                nic.Release();
        }
        """, """
        public void Send()
        {
            bool ok = nic.TryGrab();
            if (ok)
                Elsewhere.Log();
            if (ok)
            {
                Kick();
            }

            if (ok)
                nic.Release();
        }
        """);

    [Test]
    public Task AllTouchesAreTested() => FixCase.Members<TestBeforeTouch>("""
        public void One()
        {
            bool ok = nic.TryGrab();
            if (ok)
                Elsewhere.Log();
            {|VPIO1002:nic.Write(0, 1)|};
            if (ok)
                nic.Release();
        }

        public void Two()
        {
            bool won = nic.TryGrab();
            if (won)
                Elsewhere.Log();
            {|VPIO1002:nic.Write(0, 1)|};
            if (won)
                nic.Release();
        }
        """, """
        public void One()
        {
            bool ok = nic.TryGrab();
            if (ok)
                Elsewhere.Log();
            if (ok)
            {
                nic.Write(0, 1);
            }

            if (ok)
                nic.Release();
        }

        public void Two()
        {
            bool won = nic.TryGrab();
            if (won)
                Elsewhere.Log();
            if (won)
            {
                nic.Write(0, 1);
            }

            if (won)
                nic.Release();
        }
        """);
}
