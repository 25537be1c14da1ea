namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Fields, properties, parts and wrappers: which names are the same device.</summary>
internal sealed class IdentityTests
{
    [Test]
    public Task AFieldThatNobodyWritesInBetweenIsTheSame() => OwnershipCase.Members("""
        public void Send()
        {
            current.Grab();
            current.Write(0, 1);
            current.Release();
        }
        """);

    [Test]
    public Task AFieldThatIsPointedElsewhereLosesItsHold() => OwnershipCase.Members("""
        public void Send()
        {
            {|VPIO1008:current.Grab()|};
            current = other;
            {|VPIO1022:current.Write(0, 1)|};
        }
        """);

    [Test]
    public Task AFieldOfAnotherObjectIsAnotherDevice() => OwnershipCase.Members("""
        public void Send(Driver neighbour)
        {
            nic.Grab();
            {|VPIO1022:neighbour.nic.Write(0, 1)|};
            nic.Release();
        }
        """);

    [Test]
    public Task APropertyIsTheDeviceThatItSaysItIs() => OwnershipCase.Members("""
        [SameAs(nameof(nic))] public Nic Card => nic;

        public void Send()
        {
            Card.Grab();
            nic.Write(0, 1);
            Card.Release();
        }
        """);

    [Test]
    public Task WhatACallReturnsIsADeviceOfItsOwn() => OwnershipCase.Members("""
        public void Send()
        {
            {|VPIO1008:Find(0).Grab()|};
            {|VPIO1022:Find(0).Write(0, 1)|};
        }
        """);

    [Test]
    public Task WhatACallReturnedIsTheSameInAVariable() => OwnershipCase.Members("""
        public void Send()
        {
            Nic card = Find(3);
            card.Grab();
            card.Write(0, 1);
            card.Release();
        }
        """);

    [Test]
    public Task AStaticFieldIsOneDeviceEverywhere() => OwnershipCase.Members("""
        public void Send()
        {
            Nic card = Shelf.Spare;
            Shelf.Spare.Grab();
            card.Write(0, 1);
            card.Release();
        }
        """);

    [Test]
    public Task APartIsItsWhole() => OwnershipCase.Members("""
        public void Send(Queue queue)
        {
            queue.Parent.Grab();
            queue.Post(1);
            queue.Release();
            queue.Grab();
            queue.Parent.Write(0, 1);
            queue.Parent.Release();
            {|VPIO1003:queue.Post(2)|};
        }
        """);

    [Test]
    public Task AWrapperIsWhatItWraps() => OwnershipCase.Members("""
        public void Send()
        {
            NicRef wrapped = new(nic);
            wrapped.Nic.Grab();
            nic.Write(0, 1);
            wrapped.Nic.Release();
        }

        public void Copy(NicRef wrapped)
        {
            NicRef twin = wrapped;
            wrapped.Nic.Grab();
            twin.Nic.Write(0, 1);
            twin.Nic.Release();
        }
        """);

    [Test]
    public Task ADeviceThatWasJustMadeIsOurs() => OwnershipCase.Members("""
        public void Start()
        {
            Nic fresh = new();
            fresh.Write(0, 1);
            Show(fresh);
            {|VPIO1001:fresh.Write(4, 1)|};
        }

        public void Publish()
        {
            Nic fresh = new();
            fresh.Write(0, 1);
            current = fresh;
            {|VPIO1001:fresh.Write(4, 1)|};
        }

        public static Nic Make()
        {
            Nic fresh = new();
            fresh.Write(0, 1);
            return fresh;
        }

        public void Careful()
        {
            Nic fresh = new();
            fresh.Grab();
            fresh.Write(0, 1);
            fresh.Release();
        }
        """);

    [Test]
    public Task ADeviceThatIsOnlyMentionedIsNotTouched() => OwnershipCase.Members("""
        public string? Tell()
        {
            object any = nic;
            string? text = any.ToString();
            if (nic == current || nic is null)
                text += nameof(nic);
            return text;
        }
        """);
}
