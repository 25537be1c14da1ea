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

    [Test]
    public void WhoLooksAtATaskBetweenSleepsIsWokenWhenItHasEnded()
    {
        KeepingContext context = new();
        Task grab = context.Run(GrabAsync);
        Port.Grant();
        Eventually.Holds(() => context.IsKept, "it is to go on");
        Port.AwaitSleepingWatch();
        (uint mark, bool hasEnded) = (Device.UpcallMark, grab.IsCompleted);
        context.GoOn();
        Assert.That((hasEnded, grab.IsCompletedSuccessfully, Device.UpcallMark != mark), Is.EqualTo((false, true, true)), "it sleeps, and no upcall comes");
    }

    private async Task GrabAsync()
    {
        Grant grant = await Device.GrabAsync();
        Device.Hold(grant).Release();
    }

    /// <summary>Has code run in itself.</summary>
    private abstract class RunningContext : SynchronizationContext
    {
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

    /// <summary>Keeps what is posted until the test lets it go on.</summary>
    private sealed class KeepingContext : RunningContext
    {
        private Action? _kept;

        public bool IsKept => Volatile.Read(ref _kept) is not null;

        public override void Post(SendOrPostCallback d, object? state) => Volatile.Write(ref _kept, () => d(state));

        public void GoOn() => _kept!();
    }

    /// <summary>Runs what is posted at once, when another thread could do what needs the driver's locks.</summary>
    private sealed class InlineContext(Action needsTheLocks) : RunningContext
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
    }
}
