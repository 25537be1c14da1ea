using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="UseHeldDevice"/>, of VPIO1022.</summary>
internal sealed class UseHeldDeviceTests
{
    [Test]
    public Task TheTouchGoesToTheHeldDevice() => FixCase.Members<UseHeldDevice>("""
        public void Send()
        {
            nic.Grab();
            {|VPIO1022:other.Write(0, 1)|};
            nic.Release();
        }
        """, """
        public void Send()
        {
            nic.Grab();
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task TheArgumentIsTheHeldDevice() => FixCase.Members<UseHeldDevice>("""
        public void Send()
        {
            nic.Grab();
            // Tells the card.
            {|VPIO1022:Poke( /* which? */ other, 1)|}; // now
            nic.Release();
        }

        [RequiresHeld(nameof(card))]
        public static void Poke(Nic card, uint value) => card.Write(0, value);
        """, """
        public void Send()
        {
            nic.Grab();
            // Tells the card.
            Poke( /* which? */ nic, 1); // now
            nic.Release();
        }

        [RequiresHeld(nameof(card))]
        public static void Poke(Nic card, uint value) => card.Write(0, value);
        """);

    [Test]
    public Task AllTouchesGoToTheHeldDevice() => FixCase.Members<UseHeldDevice>("""
        public void One()
        {
            nic.Grab();
            {|VPIO1022:other.Write(0, 1)|};
            nic.Release();
        }

        public uint Two()
        {
            using var scope = other.Enter();
            return {|VPIO1022:nic[0]|};
        }
        """, """
        public void One()
        {
            nic.Grab();
            nic.Write(0, 1);
            nic.Release();
        }

        public uint Two()
        {
            using var scope = other.Enter();
            return other[0];
        }
        """);
}
