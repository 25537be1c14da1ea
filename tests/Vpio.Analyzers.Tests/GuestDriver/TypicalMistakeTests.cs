using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.GuestDriver;

/// <summary>Makes the mistakes of a first driver, and repairs them: a lease that was never granted, a result that nobody tests, a use after the release, a loop without a poll, an await.</summary>
internal sealed class TypicalMistakeTests
{
    [Test]
    public Task AHelperThatTouchesAGivenLeaseDemandsItOfItsCallers() => GuestDriverCase.Fix<RequireOfCallers>("""
        public void Post(in DeviceLease lease)
        {
            transmitter.TrySend(in {|VPIO1017:lease|}, frame);
            transmitter.Flush(in lease);
        }

        public void Kick(in DeviceLease lease) => {|VPIO1001:lease.Kick()|};
        """, """
        [RequiresHeld(nameof(lease))]
        public void Post(in DeviceLease lease)
        {
            transmitter.TrySend(in lease, frame);
            transmitter.Flush(in lease);
        }

        [RequiresHeld(nameof(lease))]
        public void Kick(in DeviceLease lease) => lease.Kick();
        """);

    [Test]
    public Task ALeaseThatWasNeverGrantedIsCalledByItsName() => GuestDriverCase.Says("""
        public void Kick()
        {
            DeviceLease lease = default;
            {|#0:lease.Kick()|};
        }
        """, "VPIO1001", "'lease' is touched but never grabbed on this path: grab it first, and touch it only when the grab succeeded");

    [TestCase("default")]
    [TestCase("new DeviceLease()")]
    public Task ALeaseThatWasMadeAndNotGrantedIsNotHeld(string made) => GuestDriverCase.Says($$"""
        public void Kick()
        {
            transmitter.TrySend({|#0:{{made}}|}, frame);
        }
        """, "VPIO1017", $"This requires '{made}' to be held, and it was not grabbed: grab it before, or hand the requirement on with [RequiresHeld]");

    [Test]
    public Task APollIsPutIntoALoopWithinALoopThatGrabs() => GuestDriverCase.Fix<PollInLoop>("""
        public void Send(int count)
        {
            while (count > 0)
            {
                using DeviceLease lease = device.Grab();
                {|VPIO1023:while|} (count > 0)
                {
                    if (transmitter.TrySend(in lease, frame))
                        count--;
                }

                transmitter.WaitForDrain(in lease, TimeSpan.FromSeconds(1));
            }
        }
        """, """
        public void Send(int count)
        {
            while (count > 0)
            {
                using DeviceLease lease = device.Grab();
                while (count > 0)
                {
                    if (lease.StopRequested)
                    {
                        break;
                    }

                    if (transmitter.TrySend(in lease, frame))
                        count--;
                }

                transmitter.WaitForDrain(in lease, TimeSpan.FromSeconds(1));
            }
        }
        """, "VPIO1023");

    [Test]
    public Task AnIgnoredAnswerIsAskedForWhoeverTouches() => GuestDriverCase.Fix<TestAnswer>("""
        public void Send()
        {
            {|VPIO1011:device.TryGrab(out DeviceLease lease)|};
            transmitter.TrySend(in lease, frame);
            transmitter.Flush(in lease);
            lease.Release();
        }
        """, """
        public void Send()
        {
            if (device.TryGrab(out DeviceLease lease) == GrabResult.Granted)
            {
                transmitter.TrySend(in lease, frame);
                transmitter.Flush(in lease);
                lease.Release();
            }
        }
        """);

    [Test]
    public Task AReleaseIsMovedBehindACallThatDemandsTheLease() => GuestDriverCase.Fix<ReleaseAfterTouch>("""
        public void Send()
        {
            DeviceLease lease = device.Grab();
            transmitter.TrySend(in lease, frame);
            lease.Release();
            transmitter.Flush(in {|VPIO1017:lease|});
        }

        public void Kick()
        {
            DeviceLease lease = device.Grab();
            lease.Release();
            {|VPIO1003:lease.Kick()|};
        }
        """, """
        public void Send()
        {
            DeviceLease lease = device.Grab();
            transmitter.TrySend(in lease, frame);
            transmitter.Flush(in lease);
            lease.Release();
        }

        public void Kick()
        {
            DeviceLease lease = device.Grab();
            lease.Kick();
            lease.Release();
        }
        """);

    [Test]
    public Task ALoopAsksItsLease() => GuestDriverCase.Fix<PollInLoop>("""
        public void Send(byte[][] frames)
        {
            using DeviceLease lease = device.Grab();
            {|VPIO1023:foreach|} (byte[] each in frames)
                transmitter.TrySend(in lease, each);
            transmitter.Flush(in lease);
        }
        """, """
        public void Send(byte[][] frames)
        {
            using DeviceLease lease = device.Grab();
            foreach (byte[] each in frames)
            {
                if (lease.StopRequested)
                {
                    break;
                }

                transmitter.TrySend(in lease, each);
            }

            transmitter.Flush(in lease);
        }
        """, "VPIO1023");

    [Test]
    public Task ALoopThatSendsOnBehindItIsNotLeft() => GuestDriverCase.NotFixed<PollInLoop>("""
        public void Send(byte[][] frames)
        {
            using DeviceLease lease = device.Grab();
            {|VPIO1023:foreach|} (byte[] each in frames)
                transmitter.TrySend(in lease, each);
            transmitter.TrySend(in lease, frame);
        }
        """, "VPIO1023");

    [Test]
    public Task ALoopOverTwoLeasesAsksNeither() => GuestDriverCase.NotFixed<PollInLoop>("""
        public void Send(GuestDevice other, byte[][] frames)
        {
            using DeviceLease first = device.Grab();
            using DeviceLease second = other.Grab();
            {|VPIO1023:foreach|} (byte[] each in frames)
            {
                first.Kick();
                second.Kick();
            }
        }
        """, "VPIO1023");

    // What the compiler refuses (CS4007) needs no second report.
    [Test]
    public Task AnAwaitInTheLifeOfALeaseIsRefusedOrTheLeaseIsNeverReleased() => GuestDriverCase.Members("""
        public async Task UseAfterAsync()
        {
            DeviceLease lease = device.Grab();
            await Task.Yield();
            lease.Release();
        }

        public async Task ForgetAsync()
        {
            DeviceLease lease = {|VPIO1008:device.Grab()|};
            lease.Kick();
            await Task.Yield();
        }
        """);

    [Test]
    public Task TheBlockOfALeaseIsEndedBeforeABlockingCall() => GuestDriverCase.Fix<ReleaseAround>("""
        public void Send()
        {
            using DeviceLease lease = device.Grab();
            transmitter.TrySend(in lease, frame);
            {|VPIO1014:Thread.Sleep(1)|};
        }
        """, """
        public void Send()
        {
            using (DeviceLease lease = device.Grab())
            {
                transmitter.TrySend(in lease, frame);
            }

            Thread.Sleep(1);
        }
        """);

    [TestCase("transmitter.TrySend(in lease, frame); {|VPIO1014:Thread.Sleep(1)|}; lease.Kick();")]
    [TestCase("bool sent = transmitter.TrySend(in lease, frame); {|VPIO1014:Thread.Sleep(1)|}; Console.WriteLine(sent);")]
    [TestCase("while (!lease.StopRequested) { {|VPIO1014:Thread.Sleep(1)|}; }")]
    [TestCase("{|VPIO1014:Thread.Sleep(1)|};")]
    public Task ABlockIsNotEndedBeforeWhatNeedsIt(string statements) => GuestDriverCase.NotFixed<ReleaseAround>($$"""
        public void Send()
        {
            using DeviceLease lease = device.Grab();
            {{statements}}
        }
        """);

    [Test]
    public Task AnEmptyLeaseMayBeDisposedOf() => GuestDriverCase.Members("""
        public void Send()
        {
            GrabResult result = device.TryGrab(out DeviceLease lease);
            using (lease)
            {
                if (result == GrabResult.Granted)
                    transmitter.TrySend(in lease, frame);
            }
        }
        """, "VPIO1010");
}
