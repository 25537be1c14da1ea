namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Views into a device: they die with the hold, and may not outlive it.</summary>
internal sealed class ViewTests
{
    [Test]
    public Task AViewIsDeadBehindTheRelease() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            Window window = nic.Registers;
            window[0] = 1;
            nic.Release();
            {|VPIO1003:window[4]|} = 1;
        }

        public uint Read()
        {
            nic.Grab();
            Buffer words = nic.Map(0, 8);
            nic.Release();
            return {|VPIO1003:words[0]|};
        }
        """);

    [Test]
    public Task AViewDoesNotComeBackWithTheNextHold() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            Window window = nic.Registers;
            nic.Release();
            nic.Grab();
            {|VPIO1003:window[0]|} = 1;
            nic.Release();
        }
        """);

    [Test]
    public Task AViewThatIsFetchedAgainIsAlive() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            Buffer words = nic.Map(0, 8);
            words[0] = 1;
            nic.Release();
            nic.Grab();
            words = nic.Map(0, 8);
            words[0] = 2;
            nic.Release();
        }
        """);

    [Test]
    public Task AViewIsNotReturnedFromUnderAScope() => OwnershipCase.Members("""
        public Window Open()
        {
            using Scope scope = nic.Enter();
            return {|VPIO1015:nic.Registers|};
        }

        public Buffer Map()
        {
            using Scope scope = nic.Enter();
            return {|VPIO1015:nic.Map(0, 4)|};
        }
        """);

    [Test]
    public Task AViewMayBeReturnedToWhoeverHoldsTheDevice() => OwnershipCase.Members("""
        [RequiresHeld(nameof(nic))] public Window Open() => nic.Registers;
        [RequiresHeld(nameof(nic))] public Buffer Map(int at)
        {
            Buffer words = nic.Map(at, 4);
            words[0] = 0;
            return words;
        }
        """);

    [Test]
    public Task AViewIsNotKept() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            kept = {|VPIO1015:nic.Map(0, 16)|};
            buffers.Add({|VPIO1015:nic.Map(16, 16)|});
            nic.Release();
        }
        """);

    [Test]
    public Task AViewIsPassedOnlyToWhoDoesNotKeepIt() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            Peek(nic.Map(0, 16));
            Store({|VPIO1015:nic.Map(0, 16)|});
            nic.Release();
        }
        """);

    [Test]
    public Task AViewOfAnotherDeviceLivesOn() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            other.Grab();
            Window window = nic.Registers;
            other.Release();
            window[0] = 1;
            nic.Release();
        }
        """);

    [Test]
    public Task AFinalizerHasNoHold() => OwnershipCase.File("""
        public sealed class Session
        {
            ~Session()
            {
                {|VPIO1001:Shelf.Spare.Write(0, 0)|};
            }
        }
        """);

    [Test]
    public Task APointerThatIsMovedIsStillAView() => OwnershipCase.Members("""
        public unsafe void Send()
        {
            nic.Grab();
            uint* next = nic.Raw + 4;
            next++;
            *next = 1;
            nic.Release();
            {|VPIO1003:next[1]|} = 2;
        }
        """);
}
