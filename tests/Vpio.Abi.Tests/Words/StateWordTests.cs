namespace Vpio.Abi.Tests.Words;

/// <summary>Holds the encoding of the state word: state in bits 0-7, owner in 8-23, generation in 24-63 (docs/abi.md, "The state word").</summary>
[TestFixture]
internal sealed class StateWordTests
{
    private const ulong LastGeneration = (1UL << 40) - 1;

    [TestCase(DeviceState.Free, 0x7FF4, 0UL, 0x0000_0000_007F_F400UL)]
    [TestCase(DeviceState.Owned, 1, 1UL, 0x0000_0000_0100_0101UL)]
    [TestCase(DeviceState.Revoking, 0x0400, 0x12_3456_789AUL, 0x1234_5678_9A04_0002UL)]
    [TestCase(DeviceState.Reclaiming, 0x7FEF, LastGeneration, 0xFFFF_FFFF_FF7F_EF03UL)]
    [TestCase(DeviceState.Offline, 0x7FF4, 0UL, 0x0000_0000_007F_F404UL)]
    [TestCase((DeviceState)0xFF, 0xFFFF, LastGeneration, ulong.MaxValue)]
    public void EachPartHasItsBits(DeviceState state, int owner, ulong generation, ulong value)
    {
        StateWord word = new(state, new DomainId((ushort)owner), new Generation(generation));
        Assert.That(word.Value, Is.EqualTo(value));
        StateWord read = new(value);
        Assert.That((read.State, (int)read.Owner.Value, read.Generation.Value), Is.EqualTo((state, owner, generation)));
    }

    [Test]
    public void EveryBitBelongsToExactlyOnePart()
    {
        for (int bit = 0; bit < 64; bit++)
        {
            StateWord word = new(1UL << bit);
            Assert.That((byte)word.State != 0, Is.EqualTo(bit < 8), $"state, bit {bit}");
            Assert.That(word.Owner.Value != 0, Is.EqualTo(bit is >= 8 and < 24), $"owner, bit {bit}");
            Assert.That(word.Generation.Value != 0, Is.EqualTo(bit >= 24), $"generation, bit {bit}");
        }
    }

    [Test]
    public void AWordPutTogetherFromItsPartsIsTheSameWord()
    {
        Random random = new(1);
        for (int i = 0; i < 10_000; i++)
        {
            StateWord word = new((ulong)random.NextInt64(long.MinValue, long.MaxValue));
            Assert.That(new StateWord(word.State, word.Owner, word.Generation), Is.EqualTo(word));
        }
    }

    [Test]
    public void WithKeepsOwnerAndGeneration()
    {
        StateWord owned = new(DeviceState.Owned, new DomainId(7), new Generation(LastGeneration));
        Assert.That(owned.With(DeviceState.Revoking), Is.EqualTo(new StateWord(DeviceState.Revoking, new DomainId(7), new Generation(LastGeneration))));
        Assert.That(new StateWord(ulong.MaxValue).With(DeviceState.Free).Value, Is.EqualTo(0xFFFF_FFFF_FFFF_FF00));
    }

    [Test]
    public void WithoutOwnerKeepsTheGenerationAlone()
    {
        StateWord word = new StateWord(DeviceState.Revoking, new DomainId(7), new Generation(9)).WithoutOwner(DeviceState.Reclaiming);
        Assert.That(word, Is.EqualTo(new StateWord(DeviceState.Reclaiming, DomainId.Invalid, new Generation(9))));
    }

    [Test]
    public void TheNextGrantHasTheNextGeneration()
    {
        StateWord word = new StateWord(DeviceState.Free, DomainId.Invalid, new Generation(9)).NextGrant(DeviceState.Owned, new DomainId(3));
        Assert.That(word, Is.EqualTo(new StateWord(DeviceState.Owned, new DomainId(3), new Generation(10))));
    }

    [Test]
    public void TheGenerationWrapsAtFortyBitsAndLeavesTheOtherPartsAlone()
    {
        StateWord word = new StateWord(DeviceState.Free, DomainId.Invalid, new Generation(LastGeneration)).NextGrant(DeviceState.Owned, new DomainId(0x7FEF));
        Assert.That(word.Value, Is.EqualTo(0x0000_0000_007F_EF01UL));
        Assert.That(new Generation(LastGeneration).Next, Is.EqualTo(default(Generation)));
    }

    [Test]
    public void OnlyOwnedAndRevokingAreHeld()
    {
        for (int state = 0; state <= byte.MaxValue; state++)
            Assert.That(new StateWord((DeviceState)state, new DomainId(1), default).IsHeld, Is.EqualTo(state is 1 or 2), $"state {state}");
    }

    [Test]
    public void AnOwnershipIsTheWholePairOfOwnerAndGeneration()
    {
        StateWord word = new(DeviceState.Owned, new DomainId(3), new Generation(5));
        Assert.That(word.IsHeldBy(new DomainId(3), new Generation(5)));
        Assert.That(word.With(DeviceState.Revoking).IsHeldBy(new DomainId(3), new Generation(5)));
        Assert.That(word.IsHeldBy(new DomainId(3), new Generation(6)), Is.False);
        Assert.That(word.IsHeldBy(new DomainId(4), new Generation(5)), Is.False);
        Assert.That(word.With(DeviceState.Reclaiming).IsHeldBy(new DomainId(3), new Generation(5)), Is.False);
    }

    [Test]
    public void AnUnusedSlotIsOfflineWithoutOwner() => Assert.That(StateWord.Unused.Value, Is.EqualTo(0x7F_F404UL));

    [Test]
    public void WordsAreEqualInAllBitsOrNotAtAll()
    {
        StateWord word = new(0x1234);
        Assert.That(word == new StateWord(0x1234) && word.Equals((object)new StateWord(0x1234)) && word.GetHashCode() == new StateWord(0x1234).GetHashCode());
        for (int bit = 0; bit < 64; bit++)
            Assert.That(word != new StateWord(0x1234 ^ (1UL << bit)), $"bit {bit}");
        Assert.That(word.Equals("0x1234"), Is.False);
    }

    [Test]
    public void AMessageShowsThePartsAndTheWholeWord() => Assert.That(
        new StateWord(DeviceState.Owned, new DomainId(3), new Generation(5)).ToString(), Is.EqualTo("Owned(d3, #5) 0x0000000005000301"));
}
