using Vpio.Hypervisor.Guests;

namespace Vpio.Tool.Run;

/// <summary>Is a guest in a virtual machine.</summary>
/// <param name="machine">The machine.</param>
internal sealed class GuestMachineBody(GuestMachine machine) : IGuestBody
{
    private bool _begun;

    /// <inheritdoc/>
    public string? End => machine.Exit?.ToString();

    /// <inheritdoc/>
    public bool EndedWell => machine.Exit is { Code: ExitCode.Success };

    /// <inheritdoc/>
    public void Start()
    {
        _begun = true;
        try
        {
            machine.Start();
        }
        catch (IOException refusal)
        {
            throw new UsageException($"the virtual machine of a guest cannot be started: {refusal.Message.TrimEnd('.')}; let there be fewer guests in virtual machines.");
        }
    }

    /// <inheritdoc/>
    public bool WaitForEnd(TimeSpan timeout) => !_begun || Task.WaitAny([machine.Ended], timeout) == 0;
}
