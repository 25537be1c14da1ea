using System.ComponentModel;
using Vpio.Hypervisor.Guests;

namespace Vpio.Tool.Run;

/// <summary>Is a guest in a process of its own.</summary>
/// <param name="process">The process.</param>
internal sealed class GuestProcessBody(GuestProcess process) : IGuestBody
{
    /// <inheritdoc/>
    public string? End => process.Exit?.ToString();

    /// <inheritdoc/>
    public bool EndedWell => process.Exit is { Code: ExitCode.Success };

    /// <inheritdoc/>
    public void Start()
    {
        try
        {
            process.Start();
        }
        catch (Exception refusal) when (refusal is Win32Exception or IOException)
        {
            throw new UsageException($"the program of a guest cannot be started: {refusal.Message.TrimEnd('.')}; see --guest-program.");
        }
    }

    /// <inheritdoc/>
    public bool WaitForEnd(TimeSpan timeout) => process.Id == 0 || Task.WaitAny([process.Ended], timeout) == 0;
}
