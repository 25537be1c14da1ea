using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Hostile.Grounds;

namespace Vpio.Hostile.Tests.Faults;

/// <summary>Is a program of a hypervisor that takes no proper note of its end.</summary>
internal class FaultyProgram(IGroundProgram program, Fault fault) : IGroundProgram
{
    private bool _saidToHaveEnded;

    public DomainId Id => program.Id;

    public GuestMemory Application => program.Application;

    public ProgramEnding? Ending
    {
        get
        {
            if (fault.MissesDeaths)
                return null;
            return fault.ProgramEnding ?? program.Ending ?? (_saidToHaveEnded ? new ProgramEnding(null, null, "said to have ended") : null);
        }
    }

    public MacAddress GetAddress(DeviceIndex device) => program.GetAddress(device);

    public virtual void Start() => program.Start();

    public void Kill()
    {
        if (fault.KillsInWordOnly)
            _saidToHaveEnded = true;
        else
            program.Kill();
    }

    public virtual void Remove() => program.Remove();
}
