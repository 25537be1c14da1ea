using Vpio.GuestDriver;
using Vpio.GuestDriver.Processes;
using Vpio.Tool.Guests;
using Vpio.Tool.Jobs;

namespace Vpio.Tool.Run;

/// <summary>Is <c>vpio guest</c>: the guest's side of a run, in a process that the hypervisor started.</summary>
internal static class GuestApplication
{
    /// <summary>The command's name.</summary>
    internal const string Command = "guest";

    /// <summary>Does the guest's part.</summary>
    /// <param name="error">Where it says what is wrong.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    internal static int Run(TextWriter error)
    {
        try
        {
            ProcessPort port = ProcessPort.Open();
            port.HypervisorEnds.Register(() => LeaveWithoutHypervisor(error));
            GuestEnd end = new(new JobMemory(port.Application, port));
            return new GuestProgram(port, end).Run() == GuestActivity.Failed ? ExitCode.Failed : ExitCode.Success;
        }
        catch (Exception refusal) when (refusal is IOException or InvalidDataException or PageProtocolException or PlatformNotSupportedException)
        {
            error.WriteLine($"vpio: {refusal.Message.ReplaceLineEndings(" ")} See vpio run --guest-kind process.");
            return ExitCode.Usage;
        }
    }

    private static void LeaveWithoutHypervisor(TextWriter error)
    {
        error.WriteLine($"vpio: the hypervisor of guest process {Environment.ProcessId} has ended, and its devices with it; the guest ends.");
        Environment.Exit(ExitCode.HypervisorEnded);
    }
}
