using System.Numerics;
using Vpio.Abi;
using Vpio.GuestDriver.Processes;
using Vpio.Hypervisor.Upcalls;

namespace Vpio.GuestDriver.Tests.Stepping;

/// <summary>Proves the upcall order in every order of its accesses: both halves as they ship, and twins with one step out of place that must fail. The specification's "Upcall order".</summary>
internal sealed class UpcallOrderTests
{
    private static readonly DeviceIndex Device0 = new(0);
    private static readonly DeviceIndex Device1 = new(1);

    private delegate bool Raising(UpcallSteps steps, DeviceIndex device, DeviceEvents events);

    private delegate bool Taking(UpcallSteps steps);

    private delegate void Sleeping(UpcallSteps steps);

    [Test]
    public void NoEventIsLostAndNoSleeperForgottenWhateverComesWhen()
    {
        AssertHolds(floor: 1_200, Loop(Take, Wait), RaiseTwice(Raise));
        AssertHolds(floor: 120_000, Loop(Take, Wait), RaiseTwice(Raise), RaiseOther(Raise));
        AssertHolds(floor: 90_000, Loop(Take, Wait), RaiseOnce(Raise), RaiseOther(Raise), Wait);
    }

    [Test]
    public void AGuestThatSleepsWithoutACallIsNotForgottenEither()
    {
        AssertHolds(floor: 1_500, Loop(Take, Doze), TwiceAcross(Raise));
        AssertHolds(floor: 20_000, Loop(Take, Doze), OnceAcross(Raise), OtherAcross(Raise));
    }

    [Test]
    public void WhoIsNudgedIsNotForgottenWhateverComesWhen()
    {
        AssertHolds(floor: 210, Loop(Take, Wait), Nudge);
        AssertHolds(floor: 12_000, Loop(Take, Wait), RaiseOnce(Raise), Nudge);
        AssertHolds(floor: 1_050, Loop(Take, Doze), NudgeAcross);
        AssertHolds(floor: 275_000, Loop(Take, Doze), OnceAcross(Raise), NudgeAcross);
    }

    [Test]
    public void TheMaskBeforePendingForgetsWhoIsNudged()
    {
        static void MaskFirst(UpcallSteps steps)
        {
            steps.Guest.Mask();
            steps.Guest.SetPending();
            Unmask(steps);
        }

        Assert.That(Explore(Loop(Take, Wait), MaskFirst).Complaint, Does.StartWith("a sleeper was not woken"));
    }

    [Test]
    public void ANumberNotedAfterTheLookForgetsASleeper() => Assert.That(
        Explore(
            Loop(Take, steps =>
            {
                steps.Sleep.ClearMask();
                while (!steps.Sleep.IsPending())
                    steps.Sleep.Sleep(steps.Sleep.LoadSequence(), null);
            }),
            TwiceAcross(Raise)).Complaint,
        Is.Not.Null);

    [Test]
    public void AWakeUpWithoutANumberForgetsASleeper() => Assert.That(Explore(Loop(Take, Doze), RaiseTwice(Raise)).Complaint, Is.Not.Null);

    [Test]
    public void PendingBeforeTheEventsLosesThem() => AssertCaught(
        (steps, device, events) =>
        {
            bool wasPending = steps.Hypervisor.SetPending();
            steps.Hypervisor.OrEvents(device, events);
            steps.Hypervisor.OrSelector(device);
            return !wasPending && !steps.Hypervisor.IsMasked();
        },
        Take,
        Wait);

    [Test]
    public void TheSelectorBeforeTheEventsLosesThem() => AssertCaught(
        (steps, device, events) =>
        {
            steps.Hypervisor.OrSelector(device);
            steps.Hypervisor.OrEvents(device, events);
            return !steps.Hypervisor.SetPending() && !steps.Hypervisor.IsMasked();
        },
        Take,
        Wait);

    [Test]
    public void TheMaskBeforePendingForgetsASleeper() => AssertCaught(
        (steps, device, events) =>
        {
            steps.Hypervisor.OrEvents(device, events);
            steps.Hypervisor.OrSelector(device);
            bool isMasked = steps.Hypervisor.IsMasked();
            return !steps.Hypervisor.SetPending() && !isMasked;
        },
        Take,
        Wait);

    [Test]
    public void ClearingPendingLastLosesEvents() => AssertCaught(
        Raise,
        steps =>
        {
            steps.Guest.Mask();
            TakeEvents(steps);
            steps.Guest.ClearPending();
            steps.Guest.Unmask();
            return steps.Guest.IsPending();
        },
        Wait);

    [Test]
    public void TheEventsBeforeTheSelectorLosesThem() => AssertCaught(
        Raise,
        steps =>
        {
            steps.Guest.Mask();
            steps.Guest.ClearPending();
            DeviceEvents events = steps.Guest.ExchangeEvents(Device0);
            steps.Guest.ExchangeSelector();
            steps.Tell(Device0, events);
            steps.Guest.Unmask();
            return steps.Guest.IsPending();
        },
        Wait);

    [Test]
    public void UnmaskingWithoutALookForgetsWhatCameMasked() => AssertCaught(
        Raise,
        steps =>
        {
            Take(steps);
            return false;
        },
        steps => // Sleeps until it is notified, as a guest does that trusts its interrupt alone.
        {
            steps.FallAsleep();
            steps.AwaitNotification();
        });

    [Test]
    public void LookingBeforeUnmaskingForgetsASleeper() => AssertCaught(
        Raise,
        steps =>
        {
            steps.Guest.Mask();
            steps.Guest.ClearPending();
            TakeEvents(steps);
            return steps.Guest.IsPending();
        },
        steps =>
        {
            if (steps.Guest.IsPending())
                return;
            steps.Hypervisor.ClearMask();
            steps.FallAsleep();
            steps.AwaitNotification();
        });

    [Test]
    public void ALookAndASleepInTwoStepsForgetASleeper() => AssertCaught(
        Raise,
        Take,
        steps =>
        {
            UpcallOrder.Unmask(steps.Hypervisor);
            if (steps.Guest.IsPending())
                return;
            steps.FallAsleep();
            steps.AwaitNotification();
        });

    [Test]
    public void AWaitThatUnmasksAndTellsNobodyForgetsTheOtherSleeper()
    {
        // The taker dies after it masked; who comes next unmasks, and leaves the other to sleep.
        static void MaskAndLook(UpcallSteps steps)
        {
            steps.Guest.Mask();
            steps.Hypervisor.ClearMask();
            steps.LookOrSleep();
        }

        static void MaskAndWait(UpcallSteps steps)
        {
            steps.Guest.Mask();
            Unmask(steps);
            steps.LookOrSleep();
        }

        UpcallMemory nobodyTakes = new() { HasTaker = false };
        Assert.That(Explore([RaiseOnce(Raise), Wait, MaskAndLook], nobodyTakes).Complaint, Does.StartWith("a sleeper was not woken"));
        Assert.That(Explore([RaiseOnce(Raise), Wait, MaskAndWait], nobodyTakes).Complaint, Is.Null);
    }

    [Test]
    public void ASleepWithoutACallThatUnmasksAndCountsNothingForgetsTheOtherSleeper()
    {
        static void MaskAndDoze(UpcallSteps steps)
        {
            steps.Guest.Mask();
            Doze(steps);
        }

        static void MaskAndWake(UpcallSteps steps)
        {
            steps.Guest.Mask();
            if (steps.Sleep.ClearMask() && steps.Sleep.IsPending())
                steps.Notify(); // Who has looked and is about to sleep sees the number that it noted.
            Doze(steps);
        }

        UpcallMemory nobodyTakes = new() { HasTaker = false };
        Assert.That(Explore([OnceAcross(Raise), Doze, MaskAndWake], nobodyTakes).Complaint, Does.StartWith("a sleeper was not woken"));
        Assert.That(Explore([OnceAcross(Raise), Doze, MaskAndDoze], nobodyTakes).Complaint, Is.Null);
    }

    private static bool Raise(UpcallSteps steps, DeviceIndex device, DeviceEvents events) => UpcallOrder.Raise(steps.Hypervisor, device, events);

    private static bool Take(UpcallSteps steps) => UpcallTaking.Take(steps.Guest, steps.Guest);

    private static void Wait(UpcallSteps steps)
    {
        Unmask(steps);
        while (!steps.LookOrSleep())
            steps.AwaitNotification();
    }

    private static void Unmask(UpcallSteps steps)
    {
        if (UpcallOrder.Unmask(steps.Hypervisor))
            steps.Notify();
    }

    private static void Doze(UpcallSteps steps) => UpcallSleep.Wait(steps.Sleep, dueNs: null);

    private static void Nudge(UpcallSteps steps)
    {
        UpcallTaking.ComeMasked(steps.Guest);
        Unmask(steps);
    }

    private static void NudgeAcross(UpcallSteps steps)
    {
        UpcallTaking.ComeMasked(steps.Guest);
        UpcallSleep.Wait(steps.Sleep, dueNs: 0);
    }

    private static Action<UpcallSteps> OnceAcross(Raising raise) => steps => RaiseAcross(steps, raise, Device0, DeviceEvents.Granted);

    private static Action<UpcallSteps> OtherAcross(Raising raise) => steps => RaiseAcross(steps, raise, Device1, DeviceEvents.RxPending);

    private static Action<UpcallSteps> TwiceAcross(Raising raise) => steps =>
    {
        RaiseAcross(steps, raise, Device0, DeviceEvents.Granted);
        RaiseAcross(steps, raise, Device0, DeviceEvents.Revoke);
    };

    private static void RaiseAcross(UpcallSteps steps, Raising raise, DeviceIndex device, DeviceEvents events)
    {
        if (raise(steps, device, events))
            steps.MoveSequenceAndWake();
    }

    private static void TakeEvents(UpcallSteps steps)
    {
        for (ulong selector = steps.Guest.ExchangeSelector(); selector != 0; selector &= selector - 1)
        {
            DeviceIndex device = new((uint)BitOperations.TrailingZeroCount(selector));
            steps.Tell(device, steps.Guest.ExchangeEvents(device));
        }
    }

    private static Action<UpcallSteps> RaiseOnce(Raising raise) => steps => RaiseAndNotify(steps, raise, Device0, DeviceEvents.Granted);

    private static Action<UpcallSteps> RaiseOther(Raising raise) => steps => RaiseAndNotify(steps, raise, Device1, DeviceEvents.RxPending);

    private static Action<UpcallSteps> RaiseTwice(Raising raise) => steps =>
    {
        RaiseAndNotify(steps, raise, Device0, DeviceEvents.Granted);
        RaiseAndNotify(steps, raise, Device0, DeviceEvents.Revoke);
    };

    private static void RaiseAndNotify(UpcallSteps steps, Raising raise, DeviceIndex device, DeviceEvents events)
    {
        if (raise(steps, device, events))
            steps.Notify();
    }

    private static void AssertHolds(int floor, params Action<UpcallSteps>[] actors)
    {
        Exploration<UpcallMemory> run = Explore(actors);
        TestContext.Out.WriteLine($"{run.States} states, {run.Ends} ends");
        Assert.That(run.Complaint, Is.Null);
        Assert.That(run.States, Is.GreaterThanOrEqualTo(floor), "the actors took turns");
    }

    private static void AssertCaught(Raising raise, Taking take, Sleeping sleep) =>
        Assert.That(Explore(Loop(take, sleep), RaiseTwice(raise), RaiseOther(raise)).Complaint, Is.Not.Null);

    private static Exploration<UpcallMemory> Explore(params Action<UpcallSteps>[] actors) => Explore(actors, new UpcallMemory());

    private static Exploration<UpcallMemory> Explore(Action<UpcallSteps>[] actors, UpcallMemory start) =>
        new Exploration<UpcallMemory>([.. actors.Select<Action<UpcallSteps>, Action<Steps<UpcallMemory>>>(actor => steps => actor(new UpcallSteps(steps)))]).From(start);

    private static Action<UpcallSteps> Loop(Taking take, Sleeping sleep) => steps =>
    {
        bool isPending = false;
        while (true)
        {
            if (!isPending)
                sleep(steps);
            isPending = take(steps);
        }
    };
}
