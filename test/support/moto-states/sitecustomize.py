"""Python imports a module of this name when it starts: how moto's state machines differ from moto's own."""

import copy
import functools
import os
import time

from moto.stepfunctions.models import StateMachine
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils
from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser
from moto.stepfunctions.parser.asl.utils import json_path

SECOND = float(os.environ["MOTO_SECOND"])
sleep = time.sleep

# Between two tries of a state it sleeps as long as the definition says.
time.sleep = lambda seconds: sleep(seconds * SECOND)

# Each start copies the machine with all its executions, and what runs cannot be copied.
StateMachine.__deepcopy__ = lambda machine, memo: copy.copy(machine)

# Parsing the definition takes a second, and each execution does it anew.
AmazonStateLanguageParser.parse = staticmethod(functools.cache(AmazonStateLanguageParser.parse))

# Making a client takes longer than what it calls, and each try of a task makes one. It does not look at the credentials.
client_for = functools.cache(lambda_eval_utils.boto_client_for)
lambda_eval_utils.boto_client_for = lambda service, region, state_credentials: client_for(region, service)

# Each path that a state reads has its grammar made anew.
json_path.parse = functools.cache(json_path.parse)
