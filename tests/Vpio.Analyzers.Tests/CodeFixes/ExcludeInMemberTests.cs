using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="ExcludeInMember"/>, of VPIO1019, VPIO1020.</summary>
internal sealed class ExcludeInMemberTests
{
    [Test]
    public Task TheOppositeIsSaid() => FixCase.Members<ExcludeInMember>("""
        [RequiresHeld(nameof(nic))]
        public void Restart()
        {
            {|VPIO1019:Reset()|};
        }
        """, """
        [Excludes(nameof(nic))]
        public void Restart()
        {
            Reset();
        }
        """);

    [Test]
    public Task OtherAttributesAndCommentsStay() => FixCase.Members<ExcludeInMember>("""
        /// <summary>Starts again.</summary>
        [Obsolete, RequiresHeld(nameof(nic))] // as before
        public void Restart(bool log)
        {
            if (log)
                Elsewhere.Log();
            {|VPIO1019:Reset()|};
        }
        """, """
        /// <summary>Starts again.</summary>
        [Obsolete, Excludes(nameof(nic))] // as before
        public void Restart(bool log)
        {
            if (log)
                Elsewhere.Log();
            Reset();
        }
        """);

    [Test]
    public Task AMemberThatTouchesNeedsTheHold() => FixCase.NotOffered<ExcludeInMember>("""
        [RequiresHeld(nameof(nic))]
        public void Restart()
        {
            nic.Write(0, 1);
            {|VPIO1019:Reset()|};
        }
        """);

    [Test]
    public Task AllMembersSayTheOpposite() => FixCase.Members<ExcludeInMember>("""
        [RequiresHeld(nameof(nic))]
        public void One()
        {
            {|VPIO1019:Reset()|};
        }

        [RequiresHeld(nameof(nic))]
        public void Two() => {|VPIO1019:Reset()|};
        """, """
        [Excludes(nameof(nic))]
        public void One()
        {
            Reset();
        }

        [Excludes(nameof(nic))]
        public void Two() => Reset();
        """);
}
