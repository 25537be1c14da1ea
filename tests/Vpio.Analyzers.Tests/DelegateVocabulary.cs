/// <summary>Runs while the device is held. It is there for those alone who name it: beside a contract of a delegate the analysis passes over no code, and the other cases are to see that what it passes over is right.</summary>
[RequiresHeld(nameof(nic))]
public delegate void HeldAction(Nic nic);
