namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Private members: nothing has to be written on them, their callers are blamed.</summary>
internal sealed class PrivateMemberTests
{
    [Test]
    public Task WhatAPrivateMemberTouchesItsCallersMustHold() => OwnershipCase.Members("""
        private void Post() => nic.Write(0, 1);

        public void Send()
        {
            {|VPIO1017:Post()|};
            nic.Grab();
            Post();
            nic.Release();
        }

        public void Perhaps(bool held)
        {
            if (held)
                nic.Grab();
            {|VPIO1018:Post()|};
            if (held)
                nic.Release();
        }
        """);

    [Test]
    public Task WhatAPublicMemberTouchesItMustHoldItself() => OwnershipCase.Members("""
        public void Post() => {|VPIO1001:nic.Write(0, 1)|};
        internal void Push() => {|VPIO1001:nic.Write(0, 2)|};

        public void Send()
        {
            nic.Grab();
            Post();
            nic.Release();
        }
        """);

    [Test]
    public Task GrabAndReleaseMayBePrivate() => OwnershipCase.Members("""
        private void Begin() => nic.Grab();
        private void End() => nic.Release();

        public void Send()
        {
            Begin();
            nic.Write(0, 1);
            End();
            {|VPIO1003:nic.Write(0, 1)|};
        }

        public void Stop() => {|VPIO1017:End()|};
        """);

    [Test]
    public Task AGrabThatNoCallerGivesBackIsReportedWhereItIs() => OwnershipCase.Members("""
        private void Begin() => {|VPIO1008:nic.Grab()|};
        public void Send() => Begin();
        """);

    [Test]
    public Task AWholeTurnExcludesTheDevice() => OwnershipCase.Members("""
        private void Turn()
        {
            nic.Grab();
            nic.Write(0, 1);
            nic.Release();
        }

        public void Send()
        {
            Turn();
            nic.Grab();
            {|VPIO1019:Turn()|};
            nic.Release();
        }
        """);

    [Test]
    public Task AnAnswerComesThrough() => OwnershipCase.Members("""
        private bool Try() => nic.TryGrab();

        public void Send()
        {
            if (!Try())
                return;
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task AParameterIsTheDeviceThatIsPassed() => OwnershipCase.Members("""
        private static void Post(Nic card) => card.Write(0, 1);

        public void Send(Nic mine)
        {
            mine.Grab();
            Post(mine);
            {|VPIO1022:Post(nic)|};
            mine.Release();
        }
        """);

    [Test]
    public Task NeedsAreHandedOnThroughPrivateCalls() => OwnershipCase.Members("""
        private void Outer() => Middle();
        private void Middle() => Inner();
        private void Inner() => nic.Write(0, 1);
        public void Send() => {|VPIO1017:Outer()|};
        """);

    [Test]
    public Task RecursionIsFollowedToItsEnd() => OwnershipCase.Members("""
        private void Descend(int depth)
        {
            nic.Write(0, (uint)depth);
            if (depth > 0)
                Descend(depth - 1);
        }

        public void Send()
        {
            nic.Grab();
            Descend(3);
            nic.Release();
            {|VPIO1017:Descend(2)|};
        }
        """);

    [Test]
    public Task MutualRecursionIsFollowedToItsEnd() => OwnershipCase.Members("""
        private void Ping(int left)
        {
            nic.Write(0, 1);
            if (left > 0)
                Pong(left - 1);
        }

        private void Pong(int left)
        {
            if (left > 0)
                Ping(left - 1);
        }

        public void Send()
        {
            {|VPIO1017:Ping(9)|};
        }

        public void Right()
        {
            nic.Grab();
            Ping(9);
            nic.Release();
        }
        """);

    [Test]
    public Task OneThatNobodyCallsIsCheckedLikeAPublicOne() => OwnershipCase.Members("""
        private void Unused() => {|VPIO1001:nic.Write(0, 1)|};
        """);

    [Test]
    public Task APrivatePropertyIsInferredToo() => OwnershipCase.Members("""
        private uint Tail => nic.Read(4);

        public uint Look()
        {
            nic.Grab();
            uint tail = Tail;
            nic.Release();
            return tail + {|VPIO1017:Tail|};
        }
        """);

    [Test]
    public Task OneOfTwoDevicesThatIsCertainlyNotHeldIsCertain() => OwnershipCase.Members("""
        [RequiresHeld(nameof(nic), nameof(other))]
        public void Marked()
        {
        }

        public void Send()
        {
            nic.Grab();
            {|VPIO1022:Marked()|};
            nic.Release();
        }

        public void SendInferred()
        {
            nic.Grab();
            {|VPIO1022:Inferred()|};
            nic.Release();
        }

        public void AfterAReport(bool flush)
        {
            if (flush)
                {|VPIO1001:other.Write(0, 1)|};
            {|VPIO1017:JustOne()|};
        }

        public void OneOfThem(bool flush)
        {
            nic.Grab();
            {|VPIO1018:Given(flush ? nic : other)|};
            nic.Release();
        }

        private void Inferred()
        {
            nic.Write(0, 1);
            other.Write(0, 1);
        }

        private void JustOne() => other.Write(0, 1);

        private static void Given(Nic nic) => nic.Write(0, 1);
        """);

    [Test]
    public Task APrivateMemberThatTakesAHandleOverHoldsIt() => OwnershipCase.Members("""
        public void Send()
        {
            Lease lease = nic.GrabLease();
            Finish(lease);
        }

        [NoThrow]
        private static void Finish([Owns] Lease lease)
        {
            using (lease)
                lease.Write(0, 1);
        }
        """);

    // Code that is not seen might put another device into the field.
    [Test]
    public Task APrivateMemberWithoutDevicesIsLookedIntoToo() => OwnershipCase.Members("""
        private Nic card = new();
        private int _sent;

        public void Attach(Nic next) => card = next;

        public void Send()
        {
            card.Grab();
            Count();
            card.Write(0, 1);
            card.Release();
        }

        public void Unseen()
        {
            {|VPIO1008:card.Grab()|};
            Elsewhere.Log();
            {|VPIO1022:card.Write(0, 1)|};
            card.Release();
        }

        private void Count() => _sent++;
        """);
}
