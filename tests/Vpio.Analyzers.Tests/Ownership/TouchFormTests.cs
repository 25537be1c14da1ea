namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>A touch is a touch in every form that the language gives it.</summary>
internal sealed class TouchFormTests
{
    [Test]
    public Task AnElementThatIsSetIsTouched() => OwnershipCase.Members("""
        public void Set() => {|VPIO1001:nic[0]|} = 1;
        """);

    [Test]
    public Task ACompoundAssignmentIsOneTouch() => OwnershipCase.Members("""
        public void Mask(uint bits) => {|VPIO1001:nic[8]|} &= ~bits;
        """);

    [Test]
    public Task AnIncrementIsOneTouch() => OwnershipCase.Members("""
        public void Count()
        {
            ++{|VPIO1001:nic[4]|};
        }

        public void CountBehind()
        {
            {|VPIO1001:nic[4]|}--;
        }
        """);

    [Test]
    public Task AnElementThatIsReadIsTouched() => OwnershipCase.Members("""
        public uint Get() => {|VPIO1001:nic[12]|};
        """);

    [Test]
    public Task ReadingAPropertyIsATouch() => OwnershipCase.Members("""
        public void Open()
        {
            Window window = {|VPIO1001:nic.Registers|};
        }
        """);

    [Test]
    public Task AConditionalAccessIsReportedAsAWhole() => OwnershipCase.Members("""
        public void Send(Nic? spare)
        {
            {|VPIO1001:spare?.Write(0, 1)|};
        }
        """);

    [Test]
    public Task AConditionalGrabAndReleaseBalance() => OwnershipCase.Members("""
        public void Wake(Nic? spare)
        {
            spare?.Grab();
            spare?.Release();
        }
        """);

    [Test]
    public Task FetchingThePointerIsATouch() => OwnershipCase.Members("""
        public unsafe void Poke() => *{|VPIO1001:nic.Raw|} = 1;
        """);

    [Test]
    public Task APointerIsDeadBehindTheRelease() => OwnershipCase.Members("""
        public unsafe uint Poke()
        {
            nic.Grab();
            uint* at = nic.Raw;
            *at = 1;
            nic.Release();
            return {|VPIO1003:*at|};
        }
        """);

    [Test]
    public Task AnElementBehindAPointerIsDeadToo() => OwnershipCase.Members("""
        public unsafe void Poke()
        {
            nic.Grab();
            uint* at = nic.Raw;
            at[2] = 7;
            nic.Release();
            {|VPIO1003:at[3]|} = 8;
        }
        """);

    [Test]
    public Task TouchesInsideAnExpressionAreFound() => OwnershipCase.Members("""
        public string Tell(int shift) => $"{({|VPIO1001:nic.Read(0)|} >> shift) + 1} packets";
        """);

    [Test]
    public Task ATouchInAnArgumentComesBeforeTheCall() => OwnershipCase.Members("""
        public void Copy()
        {
            other.Grab();
            other.Write(0, {|VPIO1022:nic.Read(0)|});
            other.Release();
        }
        """);

    [Test]
    public Task AWriteComesAfterWhatIsWritten() => OwnershipCase.Members("""
        public void Send()
        {
            nic[0] = GrabAndCount();
            nic.Release();
        }

        public void Copy()
        {
            nic[0] = {|VPIO1001:nic[4]|};
        }

        private uint GrabAndCount()
        {
            nic.Grab();
            return 1;
        }
        """);
}
