using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="RequireOfCallers"/>, of VPIO1001, VPIO1017, VPIO1018.</summary>
internal sealed class RequireOfCallersTests
{
    [Test]
    public Task TheRequirementIsHandedOn() => FixCase.Members<RequireOfCallers>("""
        public void Send()
        {
            {|VPIO1001:nic.Write(0, 1)|};
        }
        """, """
        [RequiresHeld(nameof(nic))]
        public void Send()
        {
            nic.Write(0, 1);
        }
        """);

    [Test]
    public Task CommentsStayBeforeTheMember() => FixCase.Members<RequireOfCallers>("""
        private int _count;

        /// <summary>Sends.</summary>
        [Obsolete]
        public static void Send(Nic card) => {|VPIO1001:card.Write(0, 1)|}; // all
        """, """
        private int _count;

        /// <summary>Sends.</summary>
        [RequiresHeld(nameof(card))]
        [Obsolete]
        public static void Send(Nic card) => card.Write(0, 1); // all
        """);

    [Test]
    public Task ACallHandsOnToo() => FixCase.Members<RequireOfCallers>("""
        public void Send()
        {
            {|VPIO1017:Kick()|};
        }
        """, """
        [RequiresHeld(nameof(nic))]
        public void Send()
        {
            Kick();
        }
        """);

    [Test]
    public Task AnAsyncMemberCannotHandOn() => FixCase.NotOffered<RequireOfCallers>("""
        public async Task Send()
        {
            {|VPIO1001:nic.Write(0, 1)|};
            await Elsewhere.Later();
        }
        """);

    [Test]
    public Task AMemberThatGrabsCannotHandOn() => FixCase.NotOffered<RequireOfCallers>("""
        public void Send(bool first)
        {
            if (first)
            {
                {|VPIO1001:nic.Write(0, 1)|};
                return;
            }

            nic.Grab();
            nic.Release();
        }
        """);

    [Test]
    public Task AllMembersHandOn() => FixCase.Members<RequireOfCallers>("""
        public uint Head => {|VPIO1001:nic.Read(0)|};

        public void Send()
        {
            {|VPIO1001:nic.Write(0, 1)|};
        }

        public void Both(bool first)
        {
            if (first)
                {|VPIO1017:Kick()|};
            else
                {|VPIO1001:nic.Write(0, 1)|};
        }
        """, """
        [RequiresHeld(nameof(nic))]
        public uint Head => nic.Read(0);

        [RequiresHeld(nameof(nic))]
        public void Send()
        {
            nic.Write(0, 1);
        }

        [RequiresHeld(nameof(nic))]
        public void Both(bool first)
        {
            if (first)
                Kick();
            else
                nic.Write(0, 1);
        }
        """);
}
