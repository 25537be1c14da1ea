using System.Diagnostics;
using Vpio.Hypervisor.Guests;
using Vpio.Tool.Accounting;
using Vpio.Tool.Guests;
using Vpio.Tool.Reporting;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Run;

/// <summary>Leads a run through its phases: frames are sent, what is on its way arrives, all release and leave.</summary>
/// <param name="options">The command line.</param>
/// <param name="plan">The plan.</param>
/// <param name="output">Where the wire is recorded; null for nowhere.</param>
/// <param name="interruption">What may end the run early.</param>
internal sealed class RunSession(RunOptions options, TrafficPlan plan, OutputCapture? output, Interruption interruption)
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
        using var phase = new RunPhase();
        using var stage = new Stage(options, plan, output, phase);
        view.During(show => Conduct(stage, phase, show, view.Interval));
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

    private void Conduct(Stage stage, RunPhase phase, Action<RunSnapshot> show, TimeSpan interval)
    {
        try
        {
            Start(stage);
            while (!IsSendingOver(stage))
            {
                interruption.Wait(Tick);
                ShowNow(stage, show, interval);
            }

            phase.EndSending();
            _fairness = FairnessOf(stage);
            Settle(stage, show, interval);
        }
        finally
        {
            phase.End();
            Dismiss(stage);
        }
    }

    private void Start(Stage stage)
    {
        _elapsed.Start();

        // Hogs first: who is to be in the way must be there before the others are done.
        foreach (GuestProgram hog in stage.Programs.Where(program => program.Plan.IsHog))
            hog.Start();
        if (stage.Programs.FirstOrDefault(program => program.Plan.IsHog) is { } first)
            SpinWait.SpinUntil(() => first.Activity == GuestActivity.Holding || first.HasEnded, HeadStart);
        foreach (GuestProgram guest in stage.Programs.Where(program => !program.Plan.IsHog))
            guest.Start();
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
        return plan.IsReplay && stage.Player?.HasEnded != false && stage.Programs.All(program => program.HasSentAll);
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
            ShowNow(stage, show, interval);
            long now = stage.Programs.Sum(program => program.Setup.Account.Sending.Sent + program.Setup.Account.Receiving.Counts.Received);
            if (now != moved)
                lastMove = _elapsed.Elapsed;
            moved = now;
        }
    }

    // In this order: what was sent last may still be on its way to some when its sender has done.
    private static bool IsSettled(Stage stage) =>
        stage.Programs.All(program => program.HasSentAll)
        && stage.Nic.FramesUnderWay == 0
        && stage.Programs.All(program => program.HasEnded || program.Setup.Account.Receiving.Outstanding == 0);

    private void Dismiss(Stage stage)
    {
        TimeSpan until = _elapsed.Elapsed + FarewellLimit;
        foreach (GuestProgram program in stage.Programs.Where(program => program.Activity != GuestActivity.Starting))
        {
            TimeSpan left = until - _elapsed.Elapsed;
            if (program.Join(left > TimeSpan.Zero ? left : TimeSpan.Zero))
                continue;
            program.Setup.Guest.Stop();
            if (!program.Join(HeadStart))
                stage.Ledger.Blame($"the program of guest {program.Setup.Guest.Id} did not end.");
        }

        _elapsed.Stop();
    }

    private static Fairness FairnessOf(Stage stage)
    {
        GuestProgram[] sharing = [.. stage.Programs.Where(program =>
            program.Plan.Role != GuestRole.Idle && program.Setup.Guest.State == GuestState.Running)];
        GuestProgram[] throughout = [.. sharing.Where(program => !program.HasEnded)];
        bool any = throughout.Length > 0;
        double[] shares = [.. (any ? throughout : sharing).Select(program => stage.Device.GetOwnershipStatistics(program.Setup.Guest).Owned.TotalSeconds / stage.Device.GetWeight(program.Setup.Guest))];
        return new Fairness(JainIndex.Of(shares), shares.Length, any);
    }

    private LedgerVerdict Close(Stage stage)
    {
        var stopped = stage.Programs
            .Where(program => program.Setup.Guest.State != GuestState.Running)
            .Select(program => program.Setup.Guest.Id)
            .ToHashSet();

        // Behind a wire that broke nothing is lost: it stays where it was, and the output says why.
        return stage.Ledger.Close(guest => output?.Failure is not null || stopped.Contains(guest));
    }

    private void CountNotCarried(Stage stage)
    {
        NotCarriedReason reason = interruption.ExitCode is null ? NotCarriedReason.TimeWasUp : NotCarriedReason.Interrupted;
        foreach (GuestProgram program in stage.Programs)
        {
            plan.Contents.NotCarried.Add(NotCarriedReason.DeviceTaken, plan.IsReplay ? program.Setup.Account.Sending.Discarded : 0);
            bool stopped = program.Setup.Guest.State != GuestState.Running;
            plan.Contents.NotCarried.Add(stopped ? NotCarriedReason.GuestStopped : reason, program.Setup.Account.Sending.NotSent);
        }

        if (plan.FarEnd is ReplayStream replay)
            plan.Contents.NotCarried.Add(reason, replay.Frames.Count - (stage.Player?.Played ?? 0));
    }
}
