using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="DelegateWithContract"/>, of VPIO1026.</summary>
internal sealed class DelegateWithContractTests
{
    [Test]
    public Task TheVariableSaysWhatTheMethodDemands() => FixCase.Members<DelegateWithContract>("""
        public void Send()
        {
            Action<Nic> poke = {|VPIO1026:Poke|};
        }

        [RequiresHeld(nameof(card))]
        public static void Poke(Nic card) => card.Write(0, 1);
        """, """
        public void Send()
        {
            HeldAction poke = Poke;
        }

        [RequiresHeld(nameof(card))]
        public static void Poke(Nic card) => card.Write(0, 1);
        """);

    [Test]
    public Task CommentsStay() => FixCase.Members<DelegateWithContract>("""
        /// <summary>What to do.</summary>
        public Action<Nic> /* for now */ poke = {|VPIO1026:Poke|}; // always

        [RequiresHeld(nameof(card))]
        public static void Poke(Nic card) => card.Write(0, 1);
        """, """
        /// <summary>What to do.</summary>
        public HeldAction /* for now */ poke = Poke; // always

        [RequiresHeld(nameof(card))]
        public static void Poke(Nic card) => card.Write(0, 1);
        """);

    [Test]
    public Task WithoutSuchATypeThereIsNoRepair() => FixCase.NotOffered<DelegateWithContract>("""
        public void Send()
        {
            Action kick = {|VPIO1026:Kick|};
        }
        """);
}
