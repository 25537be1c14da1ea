namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Local functions: what they need and do is found from their bodies.</summary>
internal sealed class LocalFunctionTests
{
    [Test]
    public Task TheBadCallIsBlamedAndNotTheBody() => OwnershipCase.Members("""
        public void Send()
        {
            {|VPIO1017:Post()|};
            nic.Grab();
            Post();
            nic.Release();

            void Post() => nic.Write(0, 1);
        }
        """);

    [Test]
    public Task OneThatNobodyCallsIsCheckedLikeAMember() => OwnershipCase.Members("""
        public void Send()
        {
            void Unused() => {|VPIO1001:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task GrabAndReleaseMayBeLocal() => OwnershipCase.Members("""
        public void Send()
        {
            Begin();
            nic.Write(0, 1);
            End();

            void Begin() => nic.Grab();
            void End() => nic.Release();
        }
        """);

    [Test]
    public Task AnAnswerComesThrough() => OwnershipCase.Members("""
        public void Send()
        {
            if (Try())
            {
                nic.Write(0, 1);
                nic.Release();
            }

            bool Try()
            {
                if (!flag)
                    return false;
                return nic.TryGrab();
            }
        }
        """);

    [Test]
    public Task AParameterIsTheDeviceThatIsPassed() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            Post(nic);
            {|VPIO1022:Post(other)|};
            nic.Release();

            static void Post(Nic card) => card.Write(0, 1);
        }
        """);

    [Test]
    public Task OneThatCallsAnotherNeedsWhatThatNeeds() => OwnershipCase.Members("""
        public void Send()
        {
            {|VPIO1017:Outer()|};

            void Outer() => Inner();
            void Inner() => nic.Write(0, 1);
        }
        """);

    [Test]
    public Task OneInsideALambdaIsFollowed() => OwnershipCase.Members("""
        public void Register() => Keep(() =>
        {
            nic.Grab();
            Post();
            nic.Release();
            {|VPIO1017:Post()|};

            void Post() => nic.Write(0, 1);
        });
        """);

    [Test]
    public Task OneWithAContractIsHeldToIt() => OwnershipCase.Members("""
        public void Send()
        {
            {|VPIO1017:Post(nic)|};

            [RequiresHeld(nameof(card))] static void Post(Nic card) => card.Write(0, 1);
        }
        """);
}
