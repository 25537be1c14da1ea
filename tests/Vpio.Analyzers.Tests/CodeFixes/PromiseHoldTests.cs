using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="PromiseHold"/>, of VPIO1008, VPIO1009.</summary>
internal sealed class PromiseHoldTests
{
    [Test]
    public Task AMemberSaysThatItGrabs() => FixCase.Members<PromiseHold>("""
        public void Begin()
        {
            {|VPIO1008:nic.Grab()|};
        }
        """, """
        [Acquires(nameof(nic))]
        public void Begin()
        {
            nic.Grab();
        }
        """);

    [Test]
    public Task AMemberThatReturnsTheResultSaysWhichMeansHeld() => FixCase.Members<PromiseHold>("""
        /// <summary>Begins, if it can.</summary>
        public bool TryBegin() => {|VPIO1009:nic.TryGrab()|}; // now
        """, """
        /// <summary>Begins, if it can.</summary>
        [TryAcquires(true, nameof(nic))]
        public bool TryBegin() => nic.TryGrab(); // now
        """);

    [Test]
    public Task AllMembersSaySo() => FixCase.Members<PromiseHold>("""
        public void One()
        {
            {|VPIO1008:nic.Grab()|};
        }

        public bool Two()
        {
            return {|VPIO1009:other.TryGrab()|};
        }
        """, """
        [Acquires(nameof(nic))]
        public void One()
        {
            nic.Grab();
        }

        [TryAcquires(true, nameof(other))]
        public bool Two()
        {
            return other.TryGrab();
        }
        """);
}
