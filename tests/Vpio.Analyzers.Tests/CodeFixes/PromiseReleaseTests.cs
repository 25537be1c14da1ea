using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="PromiseRelease"/>, of VPIO1006, VPIO1007.</summary>
internal sealed class PromiseReleaseTests
{
    [Test]
    public Task AMemberThatOnlyReleasesSaysSo() => FixCase.Members<PromiseRelease>("""
        public void Finish()
        {
            {|VPIO1006:nic.Release()|};
        }
        """, """
        [Releases(nameof(nic))]
        public void Finish()
        {
            nic.Release();
        }
        """);

    [Test]
    public Task AnAssertedHoldIsTheCallers() => FixCase.Members<PromiseRelease>("""
        /// <summary>Ends the work.</summary>
        public void Finish() // of all
        {
            nic.EnsureHeld();
            nic.Write(0, 1);
            {|VPIO1007:nic.Release()|};
        }
        """, """
        /// <summary>Ends the work.</summary>
        [Releases(nameof(nic))]
        public void Finish() // of all
        {
            nic.EnsureHeld();
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task AllMembersSaySo() => FixCase.Members<PromiseRelease>("""
        public void One()
        {
            {|VPIO1006:nic.Release()|};
        }

        public void Two(Nic card)
        {
            {|VPIO1006:card.Release()|};
        }
        """, """
        [Releases(nameof(nic))]
        public void One()
        {
            nic.Release();
        }

        [Releases(nameof(card))]
        public void Two(Nic card)
        {
            card.Release();
        }
        """);
}
