namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>What a primary constructor gets is a private field of the object to its other members.</summary>
internal sealed class PrimaryConstructorTests
{
    [Test]
    public Task ADeviceIsFollowedIntoAPrivateMember() => OwnershipCase.File("""
        public class Sender(Nic nic)
        {
            public void Send()
            {
                nic.Grab();
                Doorbell();
                nic.Release();
                {|VPIO1017:Doorbell()|};
            }

            private void Doorbell() => nic.Write(8, 1);
        }
        """);

    [Test]
    public Task TheDeviceOfAnotherObjectIsAnother() => OwnershipCase.File("""
        public class Sender(Nic nic)
        {
            public void Send(Sender second)
            {
                nic.Grab();
                {|VPIO1022:second.Doorbell()|};
                nic.Release();
            }

            private void Doorbell() => nic.Write(8, 1);
        }
        """);

    [Test]
    public Task APrivateMemberThatWritesItMakesItAnother() => OwnershipCase.File("""
        public class Sender(Nic nic, Nic spare)
        {
            public void Send()
            {
                {|VPIO1008:nic.Grab()|};
                Change();
                {|VPIO1022:nic.Write(8, 1)|};
            }

            private void Change() => nic = spare;
        }
        """);

    [Test]
    public Task AnyMemberThatWritesItMakesItAnother() => OwnershipCase.File("""
        public class Sender(Nic nic, Nic spare)
        {
            public void Send()
            {
                {|VPIO1008:nic.Grab()|};
                Change();
                {|VPIO1022:nic.Write(8, 1)|};
            }

            public void Change() => nic = spare;
        }
        """);

    [Test]
    public Task ItStaysTheDeviceIfNobodyWritesIt() => OwnershipCase.File("""
        public class Sender(Nic nic, bool quiet)
        {
            public void Send()
            {
                if (!quiet)
                    nic.Grab();
                Look();
                if (!quiet)
                    nic.Release();
            }

            public void Look() => Elsewhere.Show(nic);
        }
        """);

    [Test]
    public Task AContractMayNameIt() => OwnershipCase.File("""
        public class Sender(Nic nic)
        {
            [RequiresHeld(nameof(nic))]
            public void Doorbell() => nic.Write(8, 1);

            public void Send()
            {
                nic.Grab();
                Doorbell();
                nic.Release();
                {|VPIO1017:Doorbell()|};
            }
        }
        """);

    [Test]
    public Task ItsOwnContractIsThatOfTheConstructor() => OwnershipCase.File("""
        public class Base([RequiresHeld] Nic nic)
        {
            public Nic Card => nic;
        }

        public class Sender([RequiresHeld] Nic nic) : Base(nic)
        {
            public void Send() => {|VPIO1001:nic.Write(0, 1)|};
        }

        public class Blind(Nic nic) : Base({|VPIO1017:nic|})
        {
        }
        """);
}
