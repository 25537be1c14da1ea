using System.Diagnostics;
using Vpio.Jobs;
using Vpio.Tool.Accounting;
using Vpio.Tool.Reporting;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Run;

/// <summary>Leads a run through its phases: frames are sent, what is on its way arrives, all release and leave.</summary>
/// <param name="options">The command line.</param>
/// <param name="plan">The plan.</param>
/// <param name="programs">What guests in processes of their own run.</param>
/// <param name="output">Where the wire is recorded; null for nowhere.</param>
/// <param name="interruption">What may end the run early.</param>
internal sealed class RunSession(RunOptions options, TrafficPlan plan, GuestPrograms programs, OutputCapture? output, Interruption interruption)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan HeadStart = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(10);

    private readonly Stopwatch _elapsed = new();
    private readonly ManualResetEventSlim _never = new();
    private Fairness _fairness;
    private TimeSpan _lastShown;

    /// <summary>Runs.</summary>
    /// <param name="view">Shows the run while it lasts.</param>
    /// <returns>What came of it. The output is closed.</returns>
    internal RunReport Run(IRunView view)
    {
        using var stage = new Stage(options, plan, programs, output);
        new Muster(stage.Guests, interruption).Assemble();
        view.During(show => Conduct(stage, show, view.Interval));
        RunSnapshot final = Observer.Look(stage, _elapsed.Elapsed);
        LedgerVerdict verdict = Close(stage);
        CountNotCarried(stage);
        stage.Dispose();
        output?.Dispose();
        return new RunReport
        {
            Options = options,
            Plan = plan,
            Final = final,
            Verdict = verdict,
            Fairness = _fairness,
            FramesPlayed = stage.Player?.Played ?? 0,
            Signal = interruption.ExitCode,
            OutputFailure = output?.Failure,
        };
    }

    private void Conduct(Stage stage, Action<RunSnapshot> show, TimeSpan interval)
    {
        try
        {
            Start(stage);
            while (!IsSendingOver(stage))
            {
                interruption.Wait(Tick);
                stage.Tend();
                if (options.Respawn)
                    stage.Respawn();
                ShowNow(stage, show, interval);
            }

            stage.Enter(JobPhase.Settling);
            _fairness = FairnessOf(stage);
            Settle(stage, show, interval);
        }
        finally
        {
            stage.Enter(JobPhase.Over);
            Dismiss(stage);
        }
    }

    private void Start(Stage stage)
    {
        _elapsed.Start();

        // Hogs first: who is to be in the way must be there before the others are done.
        RunGuest[] hogs = [.. stage.Guests.Where(guest => guest.Plan.IsHog)];
        foreach (RunGuest hog in hogs)
            hog.End.Enter(JobPhase.Sending);
        if (hogs is [{ } first, ..])
            SpinWait.SpinUntil(() => first.Activity == GuestActivity.Holding || first.HasEnded, HeadStart);
        stage.Enter(JobPhase.Sending);
        stage.Player?.Start();
    }

    private bool IsSendingOver(Stage stage)
    {
        if (stage.Nic.WireFailure is { } failure)
            output?.Fail(failure);
        if (stage.Player?.Failure is { } played)
            output?.Fail(played);
        if (interruption.ExitCode is not null || output?.Failure is not null || _elapsed.Elapsed >= plan.Duration)
            return true;
        return plan.IsReplay && stage.Player?.HasEnded != false && stage.Guests.All(guest => guest.HasSentAll);
    }

    private void ShowNow(Stage stage, Action<RunSnapshot> show, TimeSpan interval)
    {
        if (_elapsed.Elapsed - _lastShown < interval)
            return;
        _lastShown = _elapsed.Elapsed;
        show(Observer.Look(stage, _elapsed.Elapsed));
    }

    // Waits until all that was sent has arrived, for as long as anything still moves.
    private void Settle(Stage stage, Action<RunSnapshot> show, TimeSpan interval)
    {
        stage.Player?.Join();
        long moved = -1;
        TimeSpan lastMove = _elapsed.Elapsed;
        while (!IsSettled(stage) && _elapsed.Elapsed - lastMove < Standstill && stage.Nic.IsLinkUp)
        {
            _never.Wait(Tick);
            stage.Tend();
            ShowNow(stage, show, interval);
            long now = stage.Guests.Sum(guest => guest.Account.Sending.Sent + guest.Account.Receiving.Counts.Received);
            if (now != moved)
                lastMove = _elapsed.Elapsed;
            moved = now;
        }
    }

    // In this order: what was sent last may still be on its way to some when its sender has done.
    private static bool IsSettled(Stage stage) =>
        stage.Guests.All(guest => guest.HasSentAll)
        && stage.Nic.FramesUnderWay == 0
        && stage.Guests.All(guest => guest.HasEnded || guest.Account.Receiving.Outstanding == 0);

    private void Dismiss(Stage stage)
    {
        TimeSpan until = _elapsed.Elapsed + FarewellLimit;
        foreach (RunGuest guest in stage.Guests)
        {
            // What never came up does not know that the run is over, and is not waited for.
            TimeSpan left = guest.HasComeUp ? until - _elapsed.Elapsed : TimeSpan.Zero;
            if (guest.Body.WaitForEnd(left > TimeSpan.Zero ? left : TimeSpan.Zero))
                continue;
            guest.Dismiss();
            if (!guest.Body.WaitForEnd(HeadStart))
                stage.Ledger.Blame($"the program of guest {guest.Guest.Id} did not end.");
        }

        _elapsed.Stop();
        stage.Tend();
    }

    private static Fairness FairnessOf(Stage stage)
    {
        RunGuest[] sharing = [.. stage.Guests.Where(guest =>
            guest.Plan.Role != GuestRole.Idle && !guest.IsLost)];
        RunGuest[] throughout = [.. sharing.Where(guest => !guest.HasEnded)];
        bool any = throughout.Length > 0;
        double[] shares = [.. (any ? throughout : sharing).Select(guest => guest.Use.Owned.TotalSeconds / stage.Device.GetWeight(guest.Guest))];
        return new Fairness(JainIndex.Of(shares), shares.Length, any);
    }

    private LedgerVerdict Close(Stage stage)
    {
        var stopped = stage.Guests
            .Where(guest => guest.IsLost)
            .Select(guest => guest.Guest.Id)
            .ToHashSet();

        // Behind a wire that broke nothing is lost: it stays where it was, and the output says why.
        return stage.Ledger.Close(guest => output?.Failure is not null || stopped.Contains(guest));
    }

    private void CountNotCarried(Stage stage)
    {
        NotCarriedReason reason = interruption.ExitCode is null ? NotCarriedReason.TimeWasUp : NotCarriedReason.Interrupted;
        foreach (RunGuest guest in stage.Guests)
        {
            plan.Contents.NotCarried.Add(NotCarriedReason.DeviceTaken, plan.IsReplay ? guest.Account.Sending.Discarded : 0);
            bool stopped = guest.IsLost;
            plan.Contents.NotCarried.Add(stopped ? NotCarriedReason.GuestStopped : reason, guest.Account.Sending.NotSent);
        }

        if (plan.FarEnd is { Repeats: false } replay)
            plan.Contents.NotCarried.Add(reason, replay.Frames.Count - (stage.Player?.Played ?? 0));
    }
}
