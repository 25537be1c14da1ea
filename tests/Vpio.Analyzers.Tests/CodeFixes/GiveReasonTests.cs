using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="GiveReason"/>, of VPIO1029.</summary>
internal sealed class GiveReasonTests
{
    [Test]
    public Task AnAttributeGetsAReason() => FixCase.Members<GiveReason>("""
        [{|VPIO1029:NoOwnershipCheck("")|}]
        public void Boot() => nic.Write(0, 1);
        """, """
        [NoOwnershipCheck("say why this is safe")]
        public void Boot() => nic.Write(0, 1);
        """);

    [Test]
    public Task AnExpressionGetsAReasonAndCommentsStay() => FixCase.Members<GiveReason>("""
        public void Boot()
        {
            // Nobody else is here yet.
            {|VPIO1029:Ownership.Unchecked(nic, /* why? */ "")|}.Write(0, 1); // now
        }
        """, """
        public void Boot()
        {
            // Nobody else is here yet.
            Ownership.Unchecked(nic, /* why? */ "say why this is safe").Write(0, 1); // now
        }
        """);

    [Test]
    public Task ASuppressionGetsAJustification() => FixCase.Members<GiveReason>("""
        [{|VPIO1029:SuppressMessage("Ownership", "VPIO1001")|}]
        public void One() => nic.Write(0, 1);

        [{|VPIO1029:SuppressMessage("Ownership", "VPIO1001", Justification = "<Pending>", Scope = "member")|}]
        public void Two() => nic.Write(0, 1);
        """, """
        [SuppressMessage("Ownership", "VPIO1001", Justification = "say why this is safe")]
        public void One() => nic.Write(0, 1);

        [SuppressMessage("Ownership", "VPIO1001", Justification = "say why this is safe", Scope = "member")]
        public void Two() => nic.Write(0, 1);
        """);

    [Test]
    public Task APragmaIsLeftToItsAuthor() => FixCase.NotOffered<GiveReason>("""
        public void Boot()
        {
        #pragma warning disable {|VPIO1029:VPIO1001|}
            nic.Write(0, 1);
        #pragma warning restore VPIO1001
        }
        """);

    [Test]
    public Task AllOptOutsGetAReason() => FixCase.Members<GiveReason>("""
        [{|VPIO1029:NoOwnershipCheck("")|}]
        public void One() => nic.Write(0, 1);

        [Obsolete, {|VPIO1029:NoOwnershipCheck(" ")|}]
        public void Two() => nic.Write(0, 1);
        """, """
        [NoOwnershipCheck("say why this is safe")]
        public void One() => nic.Write(0, 1);

        [Obsolete, NoOwnershipCheck("say why this is safe")]
        public void Two() => nic.Write(0, 1);
        """);
}
