namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Loops of few rounds, which need no poll.</summary>
internal sealed class ShortLoopTests
{
    private const string Polls = "VPIO1023";

    [Test]
    public Task AShortLoopNeedsNoPoll() => OwnershipCase.Members("""
        private const int Slots = 64;

        public void Up()
        {
            nic.Grab();
            for (int i = 0; i < Slots; i++)
                nic.Write(i, 0);
            nic.Release();
        }

        public void Down()
        {
            nic.Grab();
            for (int i = 63; i >= 0; i--)
                nic.Write(i, 0);
            nic.Release();
        }

        public void Steps()
        {
            nic.Grab();
            for (int i = 0; i <= 252; i += 4)
                nic.Write(i, 0);
            nic.Release();
        }
        """, Polls);

    [Test]
    public Task ALoopOfOneRoundMoreIsReported() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            {|VPIO1023:for|} (int i = 0; i < 65; i++)
                nic.Write(i, 0);
            nic.Release();
        }
        """, Polls);

    [Test]
    public Task ALoopWhoseCounterIsSetBackIsNotShort() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            {|VPIO1023:for|} (int i = 0; i < 16; i++)
            {
                nic.Write(i, 0);
                if (Flip())
                    i = 0;
            }
            nic.Release();
        }
        """, Polls);
}
