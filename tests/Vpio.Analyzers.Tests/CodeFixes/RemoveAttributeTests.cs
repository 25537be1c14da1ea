using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="RemoveAttribute"/>, of VPIO1021.</summary>
internal sealed class RemoveAttributeTests
{
    [Test]
    public Task AnAttributeThatNamesNothingGoes() => FixCase.Members<RemoveAttribute>("""
        [RequiresHeld({|VPIO1021:"nick"|})]
        public void Send()
        {
        }
        """, """
        public void Send()
        {
        }
        """);

    [Test]
    public Task OtherAttributesAndCommentsStay() => FixCase.Members<RemoveAttribute>("""
        /// <summary>Sends.</summary>
        [{|VPIO1021:RequiresHeld(nameof(nic))|}]
        [Obsolete]
        public async Task Send() => await Elsewhere.Later();

        /// <summary>Sends later.</summary>
        [Obsolete, Excludes({|VPIO1021:"nick"|})] // not yet
        public void SendLater()
        {
        }
        """, """
        /// <summary>Sends.</summary>
        [Obsolete]
        public async Task Send() => await Elsewhere.Later();

        /// <summary>Sends later.</summary>
        [Obsolete] // not yet
        public void SendLater()
        {
        }
        """);

    [Test]
    public Task ABrokenPromiseIsNotRepairedByTakingItBack() => FixCase.NotOffered<RemoveAttribute>("""
        [Releases(nameof(nic))]
        public void {|VPIO1021:Finish|}()
        {
            nic.Write(0, 1);
        }
        """);
}
