using Vpio.GuestDriver;
using Vpio.GuestDriver.Processes;
using Vpio.Jobs;
using Vpio.Tool.Check;
using Vpio.Tool.Guests;
using Vpio.Tool.Jobs;

namespace Vpio.Tool.Run;

/// <summary>Is <c>vpio guest</c>: the guest's side of a run, in a process that the hypervisor started.</summary>
internal static class GuestApplication
{
    /// <summary>The command's name.</summary>
    internal const string Command = "guest";

    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(10);

    /// <summary>Does the guest's part.</summary>
    /// <param name="error">Where it says what is wrong.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    internal static int Run(TextWriter error)
    {
        try
        {
            ProcessPort port = ProcessPort.Open();
            port.HypervisorEnds.Register(() => LeaveWithoutHypervisor(error));
            if (ProcessAgent.TryRun(port, out int exitCode))
                return exitCode;
            GuestEnd end = new(new JobMemory(port.Application, port));
            GuestActivity outcome = new GuestProgram(port, end).Run();
            AwaitTheEnd(port, end, outcome);
            return outcome == GuestActivity.Failed ? ExitCode.Failed : ExitCode.Success;
        }
        catch (Exception refusal) when (refusal is IOException or InvalidDataException or PageProtocolException or PlatformNotSupportedException)
        {
            error.WriteLine($"vpio: {refusal.Message.ReplaceLineEndings(" ")} See vpio run --guest-kind process.");
            return ExitCode.Usage;
        }
    }

    private static void AwaitTheEnd(ProcessPort port, GuestEnd end, GuestActivity outcome)
    {
        // Who was stopped and still lives is quarantined, and stays what it is to the end; its process would end it.
        while (outcome == GuestActivity.Stopped && end.Phase != JobPhase.Over)
            Thread.Sleep(Nap);

        // The page shows that the hypervisor has ended a moment before the port says so. Then the process is ended from there.
        if (port.DevicePage.Header.Epoch == 0)
            Thread.Sleep(Timeout.Infinite);
    }

    private static void LeaveWithoutHypervisor(TextWriter error)
    {
        error.WriteLine($"vpio: the hypervisor of guest process {Environment.ProcessId} has ended, and its devices with it; the guest ends.");
        Environment.Exit(ExitCode.HypervisorEnded);
    }
}
