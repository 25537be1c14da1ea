namespace Vpio.GuestDriver.Tests;

/// <summary>Proves that who awaits in a context of its own goes on under no lock of the driver's, whatever the context does.</summary>
internal sealed class CapturedContextTests : FakeGuestFixture
{
    private InlineContext _context = null!;

    [SetUp]
    public void QueueBehindAnother()
    {
        Port.OtherOwns();
        _context = new InlineContext(() => _ = (Device.Holding, Domain.GetDevice(new(1)).WaitForUpcall(0, TimeSpan.Zero)));
    }

    [Test]
    public void AGrantIsHandedOnUnderNoLock()
    {
        Task grab = _context.Run(GrabAsync);
        Port.Grant();
        Eventually.Holds(() => grab.IsCompletedSuccessfully, "it goes on");
        Assert.That(_context.Posts, Is.EqualTo(1));
    }

    [Test]
    public void AFailureIsHandedOnUnderNoLock()
    {
        Task grab = _context.Run(GrabAsync);
        Port.AwaitSleepingWatch();
        Port.Stop();
        Eventually.Fails<GuestStoppedException>(grab);
        Assert.That(_context.Posts, Is.EqualTo(1));
    }

    [Test]
    public void ACancelIsHandedOnUnderNoLock()
    {
        using CancellationTokenSource cancel = new();
        Task grab = _context.Run(async () => await Device.GrabAsync(cancel.Token));
        cancel.Cancel();
        Eventually.Fails<OperationCanceledException>(grab);
        Assert.That(_context.Posts, Is.EqualTo(1));
    }

    [Test]
    public void ADisposalIsHandedOnUnderNoLock()
    {
        Task grab = _context.Run(GrabAsync);
        Domain.Dispose();
        Eventually.Fails<ObjectDisposedException>(grab);
        Assert.That(_context.Posts, Is.EqualTo(1));
    }

    private async Task GrabAsync()
    {
        Grant grant = await Device.GrabAsync();
        Device.Hold(grant).Release();
    }

    /// <summary>Runs what is posted at once, when another thread could do what needs the driver's locks.</summary>
    private sealed class InlineContext(Action needsTheLocks) : SynchronizationContext
    {
        private int _posts;

        public int Posts => Volatile.Read(ref _posts);

        public override void Post(SendOrPostCallback d, object? state)
        {
            Task other = Task.Run(() =>
            {
                try
                {
                    needsTheLocks();
                }
                catch (ObjectDisposedException)
                {
                    // It had them.
                }
            });
            if (other.Wait(FakePort.SafetyNet))
                Interlocked.Increment(ref _posts);
            d(state);
        }

        public Task Run(Func<Task> code)
        {
            SynchronizationContext? before = Current;
            SetSynchronizationContext(this);
            try
            {
                return code();
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }
    }
}
